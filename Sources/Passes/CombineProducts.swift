import GraphIR
import Operators
import Tensors

/// Adds small factors instead of large products.
///
/// f · d + f · dᵀ → f · (d + dᵀ), f · d + f · e → f · (d + e)
///
/// What flows back through a Gram matrix fᵀ · f is such a sum, be it that the products have other
/// sizes in the sum, or that more is added. Only where nothing else needs the products, and these
/// are larger than the factors that are added.
let combineProducts = Pass(
  name: "combine products", summary: "adds small factors instead of large products"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is MatMul }) else { return program }
  var names = NewNames(program.graph)
  let combined = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is AddN || node.operation is AddV2, node.controlInputs.isEmpty,
      node.inputs.allSatisfy({ graph.type(of: $0) == node.outputs[0] })
    else { return nil }
    var rest: [Endpoint] = []
    // The sums of products, each with where it stands among the rest.
    var products: [(place: Int, node: Node)] = []
    var isCombined = false
    for input in node.inputs {
      guard let product = graph.product(behind: input, mayVanish) else {
        rest.append(input)
        continue
      }
      let partner = products.indices.first {
        graph.areAddable(products[$0].node, product)
      }
      if let partner {
        graph.add(product, to: &products[partner].node, of: node, &names)
        isCombined = true
      } else {
        products.append((rest.count, product))
        rest.append(input)
      }
    }
    guard isCombined else { return nil }
    for (place, product) in products where product.name == node.name {
      var product = product
      if rest.count > 1 { product.name = names.unused("\(node.name)#product") }
      graph.nodes.append(product)
      let result = Endpoint(node: graph.nodes.count - 1)
      rest[place] = graph.reshape(result, node.outputs[0].shape.known!, node, &names)
    }
    if rest.count == 1 { return rest }
    return graph.append(rest.count == 2 ? AddV2() : AddN(), rest, inPlaceOf: node)
  }
  return combined.pruned()
}

extension FrozenGraph {
  /// The product that a value is, perhaps with other sizes, and that nothing else needs.
  fileprivate func product(
    behind value: Endpoint, _ mayVanish: (Endpoint) -> Bool
  ) -> Node? {
    guard mayVanish(value), type(of: value).shape.known != nil else { return nil }
    let node = nodes[value.nodeIndex]
    guard node.controlInputs.isEmpty else { return nil }
    if node.operation is MatMul { return node }
    guard node.operation is Reshape, mayVanish(node.inputs[0]) else { return nil }
    let source = nodes[node.inputs[0].nodeIndex]
    return source.operation is MatMul && source.controlInputs.isEmpty ? source : nil
  }

  /// Whether two products have their left factor in common, and right factors that take less to be
  /// added than the products.
  fileprivate func areAddable(_ first: Node, _ second: Node) -> Bool {
    guard let left = first.operation as? MatMul, let right = second.operation as? MatMul,
      left.transposeA == right.transposeA, first.inputs[0] == second.inputs[0],
      first.outputs == second.outputs, let result = first.outputs[0].shape.elementCount
    else { return false }
    let factors = (type(of: first.inputs[1]), type(of: second.inputs[1]))
    guard let sizes = factors.0.shape.known, let others = factors.1.shape.known, sizes.count == 2,
      others.count == 2, factors.0.dataType == factors.1.dataType
    else { return false }
    let isTurned = left.transposeB != right.transposeB
    return sizes == (isTurned ? [others[1], others[0]] : others)
      && sizes[0] * sizes[1] * 2 < result
  }

  /// Adds a product to another, which takes the name of their sum.
  fileprivate mutating func add(
    _ second: Node, to first: inout Node, of sum: Node, _ names: inout NewNames
  ) {
    var other = second.inputs[1]
    let factor = type(of: first.inputs[1])
    if (first.operation as? MatMul)?.transposeB != (second.operation as? MatMul)?.transposeB {
      // One of them is turned about; the sum stands as the other does.
      let order = append(constant: Tensor([Int32(1), 0]), "order", beside: sum, &names)
      nodes.append(
        Node(
          name: names.unused("\(sum.name)#turned"), operation: Transpose(),
          inputs: [other, order], outputs: [factor], origin: sum.origin))
      other = Endpoint(node: nodes.count - 1)
    }
    nodes.append(
      Node(
        name: names.unused("\(sum.name)#factor"), operation: AddV2(),
        inputs: [first.inputs[1], other], outputs: [factor], origin: sum.origin))
    first.inputs[1] = Endpoint(node: nodes.count - 1)
    (first.name, first.origin) = (sum.name, sum.origin)
  }
}
