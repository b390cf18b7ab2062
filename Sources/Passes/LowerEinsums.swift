import GraphIR
import Operators
import Tensors

/// Takes Einstein sums that move nothing as products of matrices, which other passes know.
///
/// einsum("abcd,abce->de", x, y) → matmul(reshape(x, [abc, d]), reshape(y, [abc, e]), transposeA)
let lowerEinsums = Pass(
  name: "lower einsums", summary: "takes sums that move nothing as products of matrices"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is Einsum }) else { return program }
  var names = NewNames(program.graph)
  return program.rewritten { node, graph in
    guard let sum = node.operation as? Einsum, node.controlInputs.isEmpty,
      [.float32, .float64].contains(node.outputs[0].dataType), node.outputs[0].shape.known != nil,
      let matrices = sum.matrices(node.inputs.map { graph.type(of: $0) })
    else { return nil }
    let left = graph.reshape(node.inputs[matrices.left], matrices.leftSizes, node, &names)
    let right = graph.reshape(node.inputs[matrices.right], matrices.rightSizes, node, &names)
    let product = MatMul(
      transposeA: matrices.transposesLeft, transposeB: matrices.transposesRight)
    let rows = matrices.leftSizes[matrices.transposesLeft ? 1 : 0]
    let columns = matrices.rightSizes[matrices.transposesRight ? 0 : 1]
    graph.nodes.append(
      Node(
        name: node.name, operation: product, inputs: [left, right],
        outputs: [TensorType(node.outputs[0].dataType, [rows, columns])], origin: node.origin))
    let result = Endpoint(node: graph.nodes.count - 1)
    return [graph.reshape(result, node.outputs[0].shape.known!, node, &names)]
  }
}

extension FrozenGraph {
  /// The value with those sizes, which have as many elements; the value itself where it has them.
  mutating func reshape(
    _ value: Endpoint, _ sizes: [Int], _ node: Node, _ names: inout NewNames
  ) -> Endpoint {
    let type = type(of: value)
    if type.shape.known == sizes { return value }
    let shape = append(
      constant: Tensor(sizes.map { Int64($0) }), "sizes", beside: node, &names)
    nodes.append(
      Node(
        name: names.unused("\(node.name)#reshaped"), operation: Reshape(),
        inputs: [value, shape],
        outputs: [TensorType(type.dataType, Shape(sizes))], origin: node.origin))
    return Endpoint(node: nodes.count - 1)
  }
}
