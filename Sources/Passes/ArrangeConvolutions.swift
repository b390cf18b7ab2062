import GraphIR
import Operators
import Tensors

/// Splits convolutions into the arrangement of their filters and the rest.
///
/// y = conv2D(x, w) → a = arranged(w), y = convolution(x, a)
///
/// What flows back into the images is such a convolution, too. Filters that are constants are
/// arranged when the plan is made; others are a node of their own, which depends on nothing else.
func arrangeConvolutions(usesWinograd: Bool) -> Pass {
  Pass(
    name: "arrange convolutions", summary: "arranges filters apart from the convolutions"
  ) { program in
    var names = NewNames(program.graph)
    // A plan may have several convolutions with the same filters and sizes.
    var arranged: [Arrangement: Endpoint] = [:]
    return try program.rewritten { node, graph in
      guard let found = arrangement(of: node, in: graph, usesWinograd) else { return nil }
      let filters: Endpoint
      if let known = arranged[found.arrangement] {
        filters = known
      } else {
        filters = try place(found.arrangement, for: node, in: &graph, &names)
        arranged[found.arrangement] = filters
      }
      graph.nodes.append(
        Node(
          name: node.name, operation: FusedConvolution(found.arrangement.convolution),
          inputs: [found.input, filters], controlInputs: node.controlInputs,
          outputs: node.outputs, origin: node.origin))
      return [Endpoint(node: graph.nodes.count - 1)]
    }
  }
}

/// Filters, and what they are arranged for.
private struct Arrangement: Hashable {
  var convolution: ArrangedConvolution
  var filters: Endpoint
}

/// What is arranged for a node, and which of its inputs is convolved.
private func arrangement(
  of node: Node, in graph: FrozenGraph, _ usesWinograd: Bool
) -> (arrangement: Arrangement, input: Endpoint)? {
  let (filters, input, images, windows): (Endpoint, Endpoint, TensorType, ConvolutionWindows)
  let isTurned: Bool
  switch node.operation {
  case let convolution as Conv2D:
    (input, filters, windows) = (node.inputs[0], node.inputs[1], convolution.windows)
    (images, isTurned) = (graph.type(of: input), false)
  case let gradient as Conv2DBackpropInput:
    (input, filters, windows) = (node.inputs[2], node.inputs[1], gradient.windows)
    (images, isTurned) = (node.outputs[0], true)
  default: return nil
  }
  guard let imageSizes = images.shape.known, let filterSizes = graph.type(of: filters).shape.known,
    let convolution = ArrangedConvolution(
      windows, images: imageSizes, filters: filterSizes, type: images.dataType,
      isTurned: isTurned, usesWinograd: usesWinograd)
  else { return nil }
  return (Arrangement(convolution: convolution, filters: filters), input)
}

/// Adds arranged filters to a graph.
private func place(
  _ arrangement: Arrangement, for node: Node, in graph: inout FrozenGraph, _ names: inout NewNames
) throws -> Endpoint {
  let operation = ArrangedFilters(arrangement.convolution)
  let outputs = try graph.outputTypes(
    of: Node(
      name: node.name, operation: operation, inputs: [arrangement.filters], outputs: []))
  let name = names.unused("\(node.name)#filters")
  if let constant = graph.constant(arrangement.filters) {
    let value = try evaluate(operation, inputs: [constant], outputs: outputs, constants: [:])[0]
    graph.nodes.append(
      Node(name: name, operation: Const(value), outputs: outputs, origin: node.origin))
  } else {
    graph.nodes.append(
      Node(
        name: name, operation: operation, inputs: [arrangement.filters], outputs: outputs,
        origin: node.origin))
  }
  return Endpoint(node: graph.nodes.count - 1)
}
