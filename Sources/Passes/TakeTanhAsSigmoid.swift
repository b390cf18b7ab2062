import GraphIR
import Operators
import Tensors

/// Takes what tanh scales from 0 to 1 as the sigmoid that it is, as the common form of gelu has it.
///
/// 0.5 · (1 + tanh u) → sigmoid(2 · u), (0.5 · x) · (1 + tanh u) → x · sigmoid(2 · u)
///
/// Only where nothing else needs the tanh. Where u is far below 0, 1 + tanh u has lost the digits
/// that the sigmoid has.
let takeTanhAsSigmoid = Pass(
  name: "take tanh as sigmoid", summary: "takes what tanh scales from 0 to 1 as a sigmoid"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is Tanh }) else { return program }
  var names = NewNames(program.graph)
  let rewritten = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is Mul, node.controlInputs.isEmpty,
      [.float32, .float64].contains(node.outputs[0].dataType)
    else { return nil }
    for (half, sum) in [(0, 1), (1, 0)] {
      guard let angle = graph.angle(ofSum: node.inputs[sum], mayVanish),
        let factors = graph.factors(besideHalf: node.inputs[half], mayVanish)
      else { continue }
      let type = graph.type(of: angle)
      if factors.isEmpty, type != node.outputs[0] { continue }
      let twice = graph.doubled(angle, of: node, &names)
      if factors.isEmpty { return graph.append(Sigmoid(), [twice], inPlaceOf: node) }
      graph.nodes.append(
        Node(
          name: names.unused("\(node.name)#sigmoid"), operation: Sigmoid(), inputs: [twice],
          outputs: [type], origin: node.origin))
      let share = Endpoint(node: graph.nodes.count - 1)
      return graph.append(Mul(), factors + [share], inPlaceOf: node)
    }
    return nil
  }
  return rewritten.pruned()
}

extension FrozenGraph {
  /// The single constant among the inputs of an operator that nothing else needs, and the other.
  private func withConstant<Op: Operator>(
    _ type: Op.Type, _ value: Endpoint, _ mayVanish: (Endpoint) -> Bool
  ) -> (constant: Double, other: Endpoint)? {
    let node = nodes[value.nodeIndex]
    guard mayVanish(value), node.operation is Op, node.controlInputs.isEmpty else { return nil }
    for (number, other) in [(0, 1), (1, 0)] {
      if let constant = scalar(node.inputs[number]) { return (constant, node.inputs[other]) }
    }
    return nil
  }

  /// The value of a constant of rank 0.
  private func scalar(_ value: Endpoint) -> Double? {
    type(of: value).shape.rank == 0 ? number(value) : nil
  }

  /// The angle u of 1 + tanh u.
  fileprivate func angle(ofSum value: Endpoint, _ mayVanish: (Endpoint) -> Bool) -> Endpoint? {
    guard
      let (constant, other) = withConstant(AddV2.self, value, mayVanish)
        ?? withConstant(Add.self, value, mayVanish), constant == 1, mayVanish(other)
    else { return nil }
    let node = nodes[other.nodeIndex]
    return node.operation is Tanh && node.controlInputs.isEmpty ? node.inputs[0] : nil
  }

  /// The factors beside 0.5 of a product, none for 0.5 itself; `nil` for what is no such product.
  fileprivate func factors(
    besideHalf value: Endpoint, _ mayVanish: (Endpoint) -> Bool
  ) -> [Endpoint]? {
    if scalar(value) == 0.5 { return [] }
    guard let (constant, other) = withConstant(Mul.self, value, mayVanish), constant == 0.5 else {
      return nil
    }
    return [other]
  }

  /// Twice a value; a constant factor of it is doubled, which changes no digit.
  fileprivate mutating func doubled(
    _ value: Endpoint, of node: Node, _ names: inout NewNames
  ) -> Endpoint {
    let type = type(of: value)
    let scalar = TensorType(type.dataType, [])
    var (factor, other) = (Tensor(2, like: scalar)!, value)
    if let product = withConstant(Mul.self, value, { _ in true }),
      let doubled = Tensor(2 * product.constant, like: scalar)
    {
      (factor, other) = (doubled, product.other)
    }
    let constant = append(constant: factor, "factor", beside: node, &names)
    nodes.append(
      Node(
        name: names.unused("\(node.name)#twice"), operation: Mul(),
        inputs: [constant, other], outputs: [type],
        origin: node.origin))
    return Endpoint(node: nodes.count - 1)
  }
}
