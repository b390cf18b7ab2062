import GraphIR
import Operators
import Tensors

/// Adds small factors instead of large products.
///
/// f · d + f · dᵀ → f · (d + dᵀ), f · d + f · e → f · (d + e)
///
/// What flows back through a Gram matrix fᵀ · f is such a sum. Only where nothing else needs the
/// products, and these are larger than the factors that are added.
let combineProducts = Pass(
  name: "combine products", summary: "adds small factors instead of large products"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is MatMul }) else { return program }
  var names = NewNames(program.graph)
  let combined = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is AddN || node.operation is AddV2, node.inputs.count == 2,
      node.controlInputs.isEmpty, node.inputs.allSatisfy(mayVanish),
      let product = sum(of: node, in: &graph, &names)
    else { return nil }
    graph.nodes.append(product)
    return [Endpoint(node: graph.nodes.count - 1)]
  }
  return combined.pruned()
}

/// The one product that is the sum of two; `nil` where there is none.
private func sum(
  of node: Node, in graph: inout FrozenGraph, _ names: inout NewNames
) -> Node? {
  let (first, second) = (
    graph.nodes[node.inputs[0].nodeIndex], graph.nodes[node.inputs[1].nodeIndex]
  )
  guard let left = first.operation as? MatMul, let right = second.operation as? MatMul,
    first.controlInputs.isEmpty, second.controlInputs.isEmpty,
    left.transposeA == right.transposeA, first.inputs[0] == second.inputs[0],
    first.outputs == second.outputs, node.outputs == first.outputs,
    let result = first.outputs[0].shape.elementCount,
    let factor = graph.type(of: first.inputs[1]).shape.elementCount, factor * 2 < result
  else { return nil }
  var others = (first.inputs[1], second.inputs[1])
  if left.transposeB != right.transposeB {
    // One of them is turned about; the sum stands as the other does.
    let flipped = graph.type(of: others.1)
    guard let sizes = flipped.shape.known, sizes.count == 2 else { return nil }
    let order = Tensor([Int32(1), 0])
    graph.nodes.append(
      Node(
        name: names.unused("\(node.name)#order"), operation: Const(order), outputs: [order.type],
        origin: node.origin))
    graph.nodes.append(
      Node(
        name: names.unused("\(node.name)#turned"), operation: Transpose(),
        inputs: [others.1, Endpoint(node: graph.nodes.count - 1)],
        outputs: [TensorType(flipped.dataType, [sizes[1], sizes[0]])], origin: node.origin))
    others.1 = Endpoint(node: graph.nodes.count - 1)
  }
  guard graph.type(of: others.0) == graph.type(of: others.1) else { return nil }
  graph.nodes.append(
    Node(
      name: names.unused("\(node.name)#factor"), operation: AddV2(),
      inputs: [others.0, others.1], outputs: [graph.type(of: others.0)], origin: node.origin))
  return Node(
    name: node.name, operation: left,
    inputs: [first.inputs[0], Endpoint(node: graph.nodes.count - 1)], outputs: node.outputs,
    origin: node.origin)
}
