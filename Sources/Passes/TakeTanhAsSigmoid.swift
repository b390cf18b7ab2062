import GraphIR
import Operators
import Tensors

/// Takes tanh as the sigmoid that it is in the common form of gelu and in what flows back into it.
///
/// 1 + tanh u → 2 · sigmoid(2 · u), dy · (1 − tanh² u) → 4 · (dy · s · (1 − s)), s = sigmoid(2 · u)
///
/// Only where nothing else needs the tanh, and the sum is a factor, whose constants take up the
/// new ones. Where u is far below 0, 1 + tanh u has lost the digits that the sigmoid has.
let takeTanhAsSigmoid = Pass(
  name: "take tanh as sigmoid", summary: "takes tanh as a sigmoid where 1 is added to it"
) { program in
  let angles = program.anglesOfSigmoids()
  guard angles.contains(true) else { return program }
  var names = NewNames(program.graph)
  var sigmoids: Set<Endpoint> = []
  let rewritten = program.rewrittenChains { position, node, graph, _ in
    switch node.operation {
    case is Tanh where angles[position]:
      let twice = graph.doubled(node.inputs[0], of: node, &names)
      let result = graph.append(Sigmoid(), [twice], inPlaceOf: node)
      sigmoids.insert(result[0])
      return result
    case is AddV2, is Add:
      guard let sigmoid = node.inputs.first(where: sigmoids.contains) else { return nil }
      return graph.multiple(2, of: sigmoid, inPlaceOf: node, &names)
    case is TanhGrad where sigmoids.contains(node.inputs[0]):
      graph.nodes.append(
        Node(
          name: names.unused("\(node.name)#sigmoid"), operation: SigmoidGrad(),
          inputs: node.inputs, outputs: node.outputs, origin: node.origin))
      return graph.multiple(4, of: Endpoint(node: graph.nodes.count - 1), inPlaceOf: node, &names)
    default: return nil
    }
  }
  return rewritten.pruned()
}

extension Program {
  /// For each node whether it is a tanh that is needed as a sigmoid alone.
  fileprivate func anglesOfSigmoids() -> [Bool] {
    var isTaken = graph.nodes.map { node in
      node.operation is Tanh && node.controlInputs.isEmpty
        && [.float32, .float64].contains(node.outputs[0].dataType)
    }
    if !isTaken.contains(true) { return isTaken }
    for fetch in fetches { isTaken[fetch.nodeIndex] = false }
    for target in targets { isTaken[target] = false }
    // For each sum of 1 and a tanh where that tanh is; −1 for other nodes.
    var tanhOfSum = [Int](repeating: -1, count: graph.nodes.count)
    var hasSum = [Bool](repeating: false, count: graph.nodes.count)
    for (position, node) in graph.nodes.enumerated() {
      for control in node.controlInputs { isTaken[Int(control)] = false }
      for (number, input) in node.inputs.enumerated() where isTaken[input.nodeIndex] {
        if node.operation is TanhGrad, number == 0, node.inputs[1] != input,
          node.controlInputs.isEmpty
        {
          continue
        }
        if graph.isOneMore(node, than: number) {
          tanhOfSum[position] = input.nodeIndex
          hasSum[input.nodeIndex] = true
        } else {
          isTaken[input.nodeIndex] = false
        }
      }
      for input in node.inputs where tanhOfSum[input.nodeIndex] >= 0 {
        if !(node.operation is Mul) { isTaken[tanhOfSum[input.nodeIndex]] = false }
      }
    }
    for fetch in fetches where tanhOfSum[fetch.nodeIndex] >= 0 {
      isTaken[tanhOfSum[fetch.nodeIndex]] = false
    }
    return isTaken.indices.map { isTaken[$0] && hasSum[$0] }
  }
}

extension FrozenGraph {
  /// Whether a node adds 1 to one of its inputs.
  fileprivate func isOneMore(_ node: Node, than input: Int) -> Bool {
    guard node.operation is AddV2 || node.operation is Add, node.controlInputs.isEmpty else {
      return false
    }
    let one = node.inputs[1 - input]
    return type(of: one).shape.rank == 0 && number(one) == 1
  }

  /// A multiple of a value in place of a node.
  fileprivate mutating func multiple(
    _ count: Double, of value: Endpoint, inPlaceOf node: Node, _ names: inout NewNames
  ) -> [Endpoint] {
    let factor = Tensor(count, like: TensorType(node.outputs[0].dataType, []))!
    let constant = append(constant: factor, "factor", beside: node, &names)
    return append(Mul(), [value, constant], inPlaceOf: node)
  }

  /// Twice a value; a constant factor of it is doubled, which changes no digit.
  fileprivate mutating func doubled(
    _ value: Endpoint, of node: Node, _ names: inout NewNames
  ) -> Endpoint {
    let type = type(of: value)
    var (coefficient, other) = (2.0, value)
    if let parts = parts(of: value, as: type), parts.factors.count == 1,
      self.type(of: parts.factors[0]) == type, Float(2 * parts.coefficient).isNormal
    {
      (coefficient, other) = (2 * parts.coefficient, parts.factors[0])
    }
    let factor = Tensor(coefficient, like: TensorType(type.dataType, []))!
    let constant = append(constant: factor, "double", beside: node, &names)
    nodes.append(
      Node(
        name: names.unused("\(node.name)#twice"), operation: Mul(),
        inputs: [constant, other], outputs: [type], origin: node.origin))
    return Endpoint(node: nodes.count - 1)
  }
}
