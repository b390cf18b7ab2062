import GraphIR
import Operators

/// Lets what flows back into pooled activations pass through the activation while it is small.
///
/// reluGrad(maxPoolGrad(x, y, dy), x) → maxPoolGrad(x, y, reluGrad(dy, y))
///
/// What a window gives back goes to an element that equals its result, so that one is positive
/// just where the other is.
let maskBeforePooling = Pass(
  name: "mask before pooling",
  summary: "lets what flows back pass through activations before pooling"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is MaxPoolGrad }) else {
    return program
  }
  var names = NewNames(program.graph)
  let masked = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is ReluGrad, node.controlInputs.isEmpty, node.inputs[0].output == 0,
      mayVanish(node.inputs[0])
    else { return nil }
    let pooling = graph.nodes[node.inputs[0].nodeIndex]
    guard pooling.operation is MaxPoolGrad, pooling.controlInputs.isEmpty,
      pooling.inputs[0] == node.inputs[1]
    else { return nil }
    graph.nodes.append(
      Node(
        name: names.unused("\(node.name)#mask"), operation: ReluGrad(),
        inputs: [pooling.inputs[2], pooling.inputs[1]],
        outputs: [graph.type(of: pooling.inputs[2])], origin: node.origin))
    var flow = pooling
    flow.name = node.name
    flow.origin = node.origin
    flow.inputs[2] = Endpoint(node: graph.nodes.count - 1)
    graph.nodes.append(flow)
    return [Endpoint(node: graph.nodes.count - 1)]
  }
  return masked.pruned()
}
