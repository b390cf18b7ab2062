import GraphIR
import Operators

/// Lets convolutions write their channels where they are wanted side by side.
///
/// y = concat(convolution(x, a, b), convolution(x, c, d), axis: 3)
/// → y = convolutions(x, a, b, x, c, d)
///
/// Only where nothing else needs their results.
let joinConvolutions = Pass(
  name: "join convolutions", summary: "lets convolutions write their channels side by side"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is FusedConvolution }) else {
    return program
  }
  let joined = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is ConcatV2, node.controlInputs.isEmpty, node.inputs.count >= 3,
      let axis = graph.constant(node.inputs.last!)?.integers, axis == [3] || axis == [-1]
    else { return nil }
    var parts: [FusedConvolution] = []
    var inputs: [Endpoint] = []
    for input in node.inputs.dropLast() {
      let convolution = graph.nodes[input.nodeIndex]
      guard mayVanish(input), convolution.controlInputs.isEmpty,
        convolution.inputs.count == 3, let part = convolution.operation as? FusedConvolution
      else { return nil }
      parts.append(part)
      inputs += convolution.inputs
    }
    graph.nodes.append(
      Node(
        name: node.name, operation: JoinedConvolutions(parts), inputs: inputs,
        outputs: node.outputs, origin: node.origin))
    return [Endpoint(node: graph.nodes.count - 1)]
  }
  return joined.pruned()
}
