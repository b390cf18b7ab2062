import GraphIR
import Operators
import Tensors

/// Lets images have their channels last, where the inner loops want them.
///
/// y = relu(conv2D(x, w, nchw)) → y = transpose(relu(conv2D(transpose(x), w, nhwc)))
///
/// What computes element by element between two convolutions follows them, as do concatenation,
/// what is cut out, padding with zeros and folds over height and width: axes are moved only where images come from
/// or go to something else.
let chooseLayout = Pass(
  name: "choose layout", summary: "lets images have their channels last"
) { program in
  let isWorthIt = program.graph.nodes.contains { node in
    isConvolution(node.operation) && node.outputs[0].dataType == .float32
      && ImageLayout(node.operation) != nil
  }
  guard isWorthIt else { return program }
  var layouts = Layouts(names: NewNames(program.graph))
  return program.rewritten { node, graph in
    guard node.controlInputs.isEmpty, let first = node.outputs.first, first.dataType == .float32
    else { return nil }
    return layouts.images(node, &graph) ?? layouts.elements(node, &graph)
      ?? layouts.joined(node, &graph) ?? layouts.padded(node, &graph)
      ?? layouts.cutOut(node, &graph) ?? layouts.folded(node, &graph)
  }.pruned()
}

/// Types are named: to look for a conformance that is not there takes far longer.
private func isConvolution(_ operation: any Operator) -> Bool {
  switch operation {
  case is Conv2D, is Conv2DBackpropInput, is Conv2DBackpropFilter, is DepthwiseConv2dNative,
    is DepthwiseConv2dNativeBackpropInput, is DepthwiseConv2dNativeBackpropFilter:
    true
  default: false
  }
}

/// The values that exist with channels last, too.
private struct Layouts {
  var names: NewNames
  /// For each value with channels second the one with channels last.
  private var channelsLast: [Endpoint: Endpoint] = [:]

  init(names: NewNames) { self.names = names }

  /// An operator that says where channels stand.
  mutating func images(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard let layout = ImageLayout(node.operation),
      layout.images.allSatisfy({ graph.type(of: node.inputs[$0]).shape.known?.count == 4 }),
      !layout.givesImages || node.outputs[0].shape.known?.count == 4
    else { return nil }
    let sizes = layout.sizes.map { graph.constant(node.inputs[$0])?.integers }
    guard sizes.allSatisfy({ $0?.count == 4 }) else { return nil }
    var inputs = node.inputs
    for (input, sizes) in zip(layout.sizes, sizes) {
      inputs[input] = constant(ImageLayout.moved(sizes!), "sizes", node, &graph)
    }
    for input in layout.images { inputs[input] = moved(inputs[input], node, &graph) }
    return append(layout.operation, inputs, of: node, layout.givesImages, &graph)
  }

  /// An operator that computes element by element from images.
  mutating func elements(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard type(of: node.operation).traits.contains(.elementwise), node.outputs.count == 1,
      node.outputs[0].shape.known?.count == 4, node.inputs.contains(where: isMoved)
    else { return nil }
    let isSingle = node.inputs.map { graph.type(of: $0).shape.elementCount == 1 }
    guard
      zip(node.inputs, isSingle).allSatisfy({
        $1 || graph.type(of: $0).shape.known?.count == 4
      })
    else { return nil }
    var inputs = node.inputs
    for number in inputs.indices where !isSingle[number] {
      inputs[number] = moved(inputs[number], node, &graph)
    }
    return append(node.operation, inputs, of: node, true, &graph)
  }

  /// Images side by side.
  mutating func joined(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard node.operation is ConcatV2, node.inputs.contains(where: isMoved),
      let axis = graph.constant(node.inputs.last!)?.integers?.first,
      let place = place(of: axis)
    else { return nil }
    var inputs = node.inputs
    for number in inputs.indices.dropLast() {
      inputs[number] = moved(inputs[number], node, &graph)
    }
    inputs[inputs.count - 1] = graph.append(
      constant: Tensor(Int32(place)), "axis", beside: node, &names)
    return append(node.operation, inputs, of: node, true, &graph)
  }

  /// Images with zeros around them.
  mutating func padded(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard node.operation is Pad, isMoved(node.inputs[0]),
      let widths = graph.constant(node.inputs[1])?.integers, widths.count == 8,
      let paddings = try? Tensor(
        ImageLayout.movedPairs(widths).map { Int32(clamping: $0) }, dimensions: [4, 2])
    else { return nil }
    let inputs = [
      moved(node.inputs[0], node, &graph),
      graph.append(constant: paddings, "paddings", beside: node, &names),
    ]
    return append(node.operation, inputs, of: node, true, &graph)
  }

  /// A part of images.
  mutating func cutOut(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard node.operation is SliceOperator, isMoved(node.inputs[0]),
      let begin = graph.constant(node.inputs[1])?.integers, begin.count == 4,
      let size = graph.constant(node.inputs[2])?.integers, size.count == 4
    else { return nil }
    let inputs = [
      moved(node.inputs[0], node, &graph),
      constant(ImageLayout.moved(begin), "begin", node, &graph),
      constant(ImageLayout.moved(size), "size", node, &graph),
    ]
    return append(node.operation, inputs, of: node, true, &graph)
  }

  /// What images are folded into.
  mutating func folded(_ node: Node, _ graph: inout FrozenGraph) -> [Endpoint]? {
    guard let reduction = node.operation as? any Reduction, isMoved(node.inputs[0]),
      let axes = graph.constant(node.inputs[1])?.integers
    else { return nil }
    let places = axes.compactMap(place)
    guard places.count == axes.count else { return nil }
    // Where channels are left, and height or width with them, these stand in another order.
    let left = Set(0..<4).subtracting(places)
    guard reduction.keepsDimensions || !left.contains(3) || left.isDisjoint(with: [1, 2]) else {
      return nil
    }
    let inputs = [
      moved(node.inputs[0], node, &graph), constant(places.sorted(), "axes", node, &graph),
    ]
    return append(node.operation, inputs, of: node, reduction.keepsDimensions, &graph)
  }

  private func isMoved(_ value: Endpoint) -> Bool { channelsLast[value] != nil }

  /// Where an axis stands when the channels stand last.
  private func place(of axis: Int) -> Int? {
    (-4..<4).contains(axis) ? ImageLayout.channelsSecond[(axis + 4) % 4] : nil
  }

  private mutating func constant(
    _ numbers: [Int], _ suffix: String, _ node: Node, _ graph: inout FrozenGraph
  ) -> Endpoint {
    graph.append(
      constant: Tensor(numbers.map { Int32(clamping: $0) }), suffix, beside: node, &names)
  }

  /// Images with channels last.
  private mutating func moved(
    _ value: Endpoint, _ node: Node, _ graph: inout FrozenGraph
  ) -> Endpoint {
    if let known = channelsLast[value] { return known }
    let result = transposed(value, ImageLayout.channelsLast, node, &graph)
    channelsLast[value] = result
    return result
  }

  private mutating func transposed(
    _ value: Endpoint, _ order: [Int], _ node: Node, _ graph: inout FrozenGraph
  ) -> Endpoint {
    let type = graph.type(of: value)
    let orderOfAxes = constant(order, "order", node, &graph)
    graph.nodes.append(
      Node(
        name: names.unused("\(node.name)#transposed"), operation: Transpose(),
        inputs: [value, orderOfAxes],
        outputs: [TensorType(type.dataType, Shape(order.map { type.shape.known![$0] }))],
        origin: node.origin))
    return Endpoint(node: graph.nodes.count - 1)
  }

  /// Adds what computes a node with channels last, and gives what stands for its outputs.
  private mutating func append(
    _ operation: any Operator, _ inputs: [Endpoint], of node: Node, _ givesImages: Bool,
    _ graph: inout FrozenGraph
  ) -> [Endpoint] {
    var outputs = node.outputs
    if givesImages {
      let sizes = ImageLayout.moved(outputs[0].shape.known!)
      outputs[0] = TensorType(outputs[0].dataType, Shape(sizes))
    }
    graph.nodes.append(
      Node(
        name: node.name, operation: operation, inputs: inputs, outputs: outputs,
        origin: node.origin))
    let position = graph.nodes.count - 1
    var results = outputs.indices.map { Endpoint(node: position, output: $0) }
    if givesImages {
      let images = results[0]
      results[0] = transposed(images, ImageLayout.channelsSecond, node, &graph)
      channelsLast[results[0]] = images
    }
    return results
  }
}
