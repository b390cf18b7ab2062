import GraphIR
import Operators

/// Adds the bias, and applies the activation, where a convolution or a product of matrices has its
/// sums at hand.
///
/// y = relu(biasAdd(convolution(x, a), b)) → y = convolution(x, a, b, relu), as with matmul(x, w)
///
/// Only where nothing else needs what lies between. The gradient of an activation needs no more
/// than its result: reluGrad(dy, x), y = relu(x) → reluGrad(dy, y)
let fuseBiasAndActivation = Pass(
  name: "fuse bias and activation", summary: "adds the bias and applies the activation on the fly"
) { program in
  guard program.graph.nodes.contains(where: { $0.completed != nil }) else { return program }
  let program = try readingActivations(program)
  let fused = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.controlInputs.isEmpty else { return nil }
    for (number, input) in node.inputs.prefix(2).enumerated() where input.output == 0 {
      guard mayVanish(input), let fused = joined(node, number, graph.nodes[input.nodeIndex], graph)
      else { continue }
      graph.nodes.append(fused)
      return [Endpoint(node: graph.nodes.count - 1)]
    }
    return nil
  }
  return fused.pruned()
}

extension FusedConvolution: CompletedOperator {}
extension FusedProduct: CompletedOperator {}

/// An operator of two inputs, and of a bias, that completes its sums.
private protocol CompletedOperator: Operator {
  var activation: FusedActivation { get set }
}

extension Node {
  /// The operator as one that completes its sums.
  fileprivate var completed: (any CompletedOperator)? {
    // Types are named: to look for a conformance that is not there takes far longer.
    switch operation {
    case let product as MatMul where outputs[0].dataType == .float32: FusedProduct(product)
    case let product as FusedProduct: product
    case let convolution as FusedConvolution: convolution
    default: nil
    }
  }
}

/// What gives sums with what follows it, where that goes together.
private func joined(_ node: Node, _ input: Int, _ sums: Node, _ graph: FrozenGraph) -> Node? {
  guard var operation = sums.completed, operation.activation == .none else { return nil }
  var inputs = sums.inputs
  switch node.operation {
  case is BiasAdd, is BiasAddV1, is Add, is AddV2:
    guard inputs.count == 2, node.inputs.count == 2,
      input == 0 || node.operation is Add || node.operation is AddV2,
      isBias(node, 1 - input, sums, graph)
    else { return nil }
    inputs.append(node.inputs[1 - input])
  case is Relu: operation.activation = .relu
  case is Relu6: operation.activation = .relu6
  default: return nil
  }
  return Node(
    name: node.name, operation: operation, inputs: inputs, controlInputs: sums.controlInputs,
    outputs: node.outputs, origin: node.origin)
}

/// Whether an input is a number for each channel or column of the sums.
private func isBias(_ node: Node, _ input: Int, _ sums: Node, _ graph: FrozenGraph) -> Bool {
  if let bias = node.operation as? BiasAdd, bias.dataFormat != .nhwc { return false }
  let channels = sums.outputs[0].shape.known?.last
  return graph.type(of: node.inputs[input]).shape.known == channels.map { [$0] }
    && node.outputs[0].shape == sums.outputs[0].shape
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
