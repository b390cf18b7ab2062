import GraphIR
import Operators

/// Adds the bias, and applies the activation, where a convolution has its sums in registers.
///
/// y = relu(biasAdd(convolution(x, a), b)) → y = convolution(x, a, b, relu)
///
/// Only where nothing else needs what lies between. The gradient of an activation needs no more
/// than its result: reluGrad(dy, x), y = relu(x) → reluGrad(dy, y)
let fuseBiasAndActivation = Pass(
  name: "fuse bias and activation", summary: "adds the bias and applies the activation on the fly"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is FusedConvolution }) else {
    return program
  }
  let program = try readingActivations(program)
  let fused = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.controlInputs.isEmpty, let first = node.inputs.first, first.output == 0,
      mayVanish(first), let fused = joined(node, graph.nodes[first.nodeIndex], graph)
    else { return nil }
    graph.nodes.append(fused)
    return [Endpoint(node: graph.nodes.count - 1)]
  }
  return fused.pruned()
}

/// The convolution with what follows it, where that goes together.
private func joined(_ node: Node, _ convolution: Node, _ graph: FrozenGraph) -> Node? {
  guard var operation = convolution.operation as? FusedConvolution,
    operation.activation == .none
  else { return nil }
  var inputs = convolution.inputs
  switch node.operation {
  case is BiasAdd, is BiasAddV1, is Add, is AddV2:
    guard inputs.count == 2, node.inputs.count == 2, isBias(node, convolution, graph) else {
      return nil
    }
    inputs.append(node.inputs[1])
  case is Relu: operation.activation = .relu
  case is Relu6: operation.activation = .relu6
  default: return nil
  }
  return Node(
    name: node.name, operation: operation, inputs: inputs,
    controlInputs: convolution.controlInputs, outputs: node.outputs, origin: node.origin)
}

/// Whether the second input is a number for each channel of the convolution.
private func isBias(_ node: Node, _ convolution: Node, _ graph: FrozenGraph) -> Bool {
  if let bias = node.operation as? BiasAdd, bias.dataFormat != .nhwc { return false }
  let channels = convolution.outputs[0].shape.known?.last
  return graph.type(of: node.inputs[1]).shape.known == channels.map { [$0] }
    && node.outputs[0].shape == convolution.outputs[0].shape
}

/// The program in which gradients of activations read the results of these.
private func readingActivations(_ program: Program) throws -> Program {
  var results: [Endpoint: [ObjectIdentifier: Endpoint]] = [:]
  return program.rewritten { node, graph in
    guard node.inputs.count <= 2, node.controlInputs.isEmpty else { return nil }
    switch node.operation {
    case is Relu, is Relu6:
      let kind = ObjectIdentifier(type(of: node.operation))
      results[node.inputs[0], default: [:]][kind] = Endpoint(node: graph.nodes.count)
      return nil
    case is ReluGrad, is Relu6Grad:
      let kind = ObjectIdentifier(node.operation is ReluGrad ? Relu.self : Relu6.self)
      guard let result = results[node.inputs[1]]?[kind] else { return nil }
      var node = node
      node.inputs[1] = result
      graph.nodes.append(node)
      return [Endpoint(node: graph.nodes.count - 1)]
    default: return nil
    }
  }
}
