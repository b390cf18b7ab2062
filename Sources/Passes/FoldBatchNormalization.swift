import GraphIR
import Operators
import Tensors

/// Lets the filters of a convolution do what a normalisation by given moments does after it.
///
/// normalised(conv(x, f)) → conv(x, f · a) + (offset − mean · a), a = scale / √(variance + ε)
///
/// Where filters and moments are constants, so are the new ones.
let foldBatchNormalization = Pass(
  name: "fold batch normalization",
  summary: "lets the filters of a convolution normalise what it gives"
) { program in
  // Its outputs are counted first, since to look for a conformance takes far longer.
  guard
    program.graph.nodes.contains(where: {
      $0.outputs.count > 3 && $0.operation is any BatchNormalizationForward
    })
  else { return program }
  let outputs = OutputsInUse(program)
  var names = NewNames(program.graph)
  let folded = try program.rewrittenChains { position, node, graph, mayVanish in
    guard node.outputs.count > 3, let operation = node.operation as? any BatchNormalizationForward,
      !operation.normalization.isTraining, node.controlInputs.isEmpty,
      outputs.areFirstThree(position), node.inputs[0].output == 0,
      mayVanish(node.inputs[0])
    else { return nil }
    let convolution = graph.nodes[node.inputs[0].nodeIndex]
    guard let windows = convolution.operation as? Conv2D, convolution.controlInputs.isEmpty,
      windows.windows.dataFormat == operation.normalization.dataFormat,
      [.float32, .float64].contains(node.outputs[0].dataType),
      graph.type(of: node.inputs[1]).dataType == node.outputs[0].dataType,
      let filterCount = graph.type(of: convolution.inputs[1]).shape.elementCount,
      let resultCount = node.outputs[0].shape.elementCount, filterCount < resultCount
    else { return nil }
    var folding = Folding(node: node, names: names)
    let y = try folding.fold(convolution, operation.normalization, &graph)
    names = folding.names
    return [y, node.inputs[3], node.inputs[4]] + node.outputs.dropFirst(3).map { _ in y }
  }
  return folded.pruned()
}

/// The nodes that stand for one normalisation.
private struct Folding {
  let node: Node
  var names: NewNames

  mutating func fold(
    _ convolution: Node, _ normalization: BatchNormalization, _ graph: inout FrozenGraph
  ) throws -> Endpoint {
    let channels = graph.type(of: node.inputs[4])
    let epsilon = try Tensor(Double(normalization.epsilon)).converted(to: channels.dataType)
    let addend = append(Const(epsilon), "epsilon", [], epsilon.type, &graph)
    let sum = try computed(AddV2(), "sum", [node.inputs[4], addend], channels, &graph)
    let inverse = try computed(Rsqrt(), "inverse", [sum], channels, &graph)
    let factor = try computed(Mul(), "factor", [node.inputs[1], inverse], channels, &graph)
    let filter = convolution.inputs[1]
    let filters = try computed(
      Mul(), "filter", [filter, factor], graph.type(of: filter), &graph)
    let center = try computed(Mul(), "center", [node.inputs[3], factor], channels, &graph)
    let bias = try computed(Sub(), "bias", [node.inputs[2], center], channels, &graph)
    let features = append(
      convolution.operation, "features", [convolution.inputs[0], filters], convolution.outputs[0],
      &graph)
    graph.nodes.append(
      Node(
        name: node.name, operation: BiasAdd(normalization.dataFormat), inputs: [features, bias],
        outputs: [node.outputs[0]], origin: node.origin))
    return Endpoint(node: graph.nodes.count - 1)
  }

  /// A node, or a constant where its inputs are constants.
  private mutating func computed(
    _ operation: some Operator, _ name: String, _ inputs: [Endpoint], _ type: TensorType,
    _ graph: inout FrozenGraph
  ) throws -> Endpoint {
    let constants = inputs.compactMap { graph.constant($0) }
    guard constants.count == inputs.count else {
      return append(operation, name, inputs, type, &graph)
    }
    let value = try evaluate(operation, inputs: constants, outputs: [type], constants: [:])[0]
    return append(Const(value), name, [], type, &graph)
  }

  private mutating func append(
    _ operation: any Operator, _ name: String, _ inputs: [Endpoint], _ type: TensorType,
    _ graph: inout FrozenGraph
  ) -> Endpoint {
    graph.nodes.append(
      Node(
        name: names.unused("\(node.name)#\(name)"), operation: operation, inputs: inputs,
        outputs: [type], origin: node.origin))
    return Endpoint(node: graph.nodes.count - 1)
  }
}

/// Which outputs of nodes somebody reads.
private struct OutputsInUse {
  private var highest: [Int]

  init(_ program: Program) {
    highest = Array(repeating: 0, count: program.graph.nodes.count)
    func use(_ endpoint: Endpoint) {
      highest[endpoint.nodeIndex] = max(highest[endpoint.nodeIndex], endpoint.outputIndex)
    }
    for node in program.graph.nodes { node.inputs.forEach(use) }
    program.fetches.forEach(use)
  }

  /// Whether nobody reads an output behind the third.
  func areFirstThree(_ position: Int) -> Bool { highest[position] < 3 }
}
