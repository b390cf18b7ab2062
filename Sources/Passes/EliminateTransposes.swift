import GraphIR
import Operators
import Tensors

/// Lets products read their factors as they lie, and axes that move twice move once.
///
/// xᵀ · y → product(x, y, transposing x), (xᵀ)ᵀ → x, moving axes by p and then by q → by both
let eliminateTransposes = Pass(
  name: "eliminate transposes", summary: "lets products read their factors as they lie"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is Transpose }) else { return program }
  var names = NewNames(program.graph)
  return program.rewritten { node, graph in
    guard node.controlInputs.isEmpty else { return nil }
    func replace(_ operation: any Operator, _ inputs: [Endpoint]) -> [Endpoint] {
      graph.append(operation, inputs, inPlaceOf: node)
    }
    switch node.operation {
    case is Transpose:
      guard let (source, inner) = graph.moved(node.inputs[0]),
        let outer = graph.constant(node.inputs[1])?.integers, outer.count == inner.count
      else { return nil }
      let both = outer.map { inner[$0] }
      if both == Array(both.indices) { return [source] }
      let order = graph.append(
        constant: Tensor(both.map { Int32($0) }), "order", beside: node, &names)
      return replace(Transpose(), [source, order])
    case let product as MatMul:
      let (x, y) = (graph.turned(node.inputs[0]), graph.turned(node.inputs[1]))
      guard x != nil || y != nil else { return nil }
      let flipped = MatMul(
        transposeA: product.transposeA != (x != nil), transposeB: product.transposeB != (y != nil))
      return replace(flipped, [x ?? node.inputs[0], y ?? node.inputs[1]])
    case var product as BatchMatMulV2:
      let (x, y) = (graph.turned(node.inputs[0]), graph.turned(node.inputs[1]))
      guard x != nil || y != nil else { return nil }
      if x != nil { product.transposeX.toggle() }
      if y != nil { product.transposeY.toggle() }
      return replace(product, [x ?? node.inputs[0], y ?? node.inputs[1]])
    default: return nil
    }
  }
}

extension FrozenGraph {
  /// What a transposition moves the axes of, and how.
  fileprivate func moved(_ endpoint: Endpoint) -> (source: Endpoint, order: [Int])? {
    let node = nodes[endpoint.nodeIndex]
    guard node.operation is Transpose, node.controlInputs.isEmpty,
      let order = constant(node.inputs[1])?.integers
    else { return nil }
    return (node.inputs[0], order)
  }

  /// What a transposition of real numbers' last two axes alone is of.
  fileprivate func turned(_ endpoint: Endpoint) -> Endpoint? {
    guard let (source, order) = moved(endpoint), order.count >= 2 else { return nil }
    var expected = Array(order.indices)
    expected.swapAt(order.count - 1, order.count - 2)
    return order == expected ? source : nil
  }
}
