import GraphIR
import Operators

/// Pools what a convolution gives while a cache holds it.
///
/// y = maxPool(convolution(x, a, b)) → y = pooledConvolution(x, a, b)
///
/// Only where nothing else needs what lies between.
let poolConvolutions = Pass(
  name: "pool convolutions", summary: "pools what a convolution gives while a cache holds it"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is FusedConvolution }) else {
    return program
  }
  let pooled = program.rewrittenChains { _, node, graph, mayVanish in
    guard let pooling = node.operation as? MaxPool, node.controlInputs.isEmpty,
      mayVanish(node.inputs[0])
    else { return nil }
    let convolution = graph.nodes[node.inputs[0].nodeIndex]
    guard let part = convolution.operation as? FusedConvolution,
      let operation = PooledConvolution(part, pooling)
    else { return nil }
    graph.nodes.append(
      Node(
        name: node.name, operation: operation, inputs: convolution.inputs,
        controlInputs: convolution.controlInputs, outputs: node.outputs, origin: node.origin))
    return [Endpoint(node: graph.nodes.count - 1)]
  }
  return pooled.pruned()
}
