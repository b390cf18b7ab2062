import GraphIR
import Operators
import Tensors

/// Multiplies the constants of a product when the plan is made.
///
/// 2 · (x · (0.5 · y)) → x · y, (x · 3) · (y · 2) → (x · y) · 6
///
/// A constant is also taken out of a factor that others need, where that saves a product. Only
/// where every factor has the type of the result.
let gatherConstantFactors = Pass(
  name: "gather constant factors", summary: "multiplies the constants of a product beforehand"
) { program in
  guard program.graph.nodes.contains(where: { $0.operation is Mul }) else { return program }
  var names = NewNames(program.graph)
  let gathered = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is Mul, node.controlInputs.isEmpty,
      [.float32, .float64].contains(node.outputs[0].dataType),
      let chain = graph.chain(node, mayVanish),
      let constant = Tensor(chain.coefficient, like: TensorType(node.outputs[0].dataType, []))
    else { return nil }
    var factors = chain.factors
    if chain.coefficient != 1 {
      factors.append(graph.append(constant: constant, "factor", beside: node, &names))
    }
    var product = factors[0]
    for (number, factor) in factors.enumerated().dropFirst() {
      let isLast = number == factors.count - 1
      graph.nodes.append(
        Node(
          name: isLast ? node.name : names.unused("\(node.name)#product"), operation: Mul(),
          inputs: [product, factor], outputs: node.outputs, origin: node.origin))
      product = Endpoint(node: graph.nodes.count - 1)
    }
    return [product]
  }
  return gathered.pruned()
}

extension FrozenGraph {
  /// The product that a node ends, as it takes fewer multiplications than there are; `nil` where
  /// there is none.
  fileprivate func chain(_ node: Node, _ mayVanish: (Endpoint) -> Bool) -> Product? {
    var found: Product?
    for takesOut in [false, true] {
      var product = Product()
      var multiplications = 1
      var open = Array(node.inputs.reversed())
      while let next = open.popLast() {
        if let number = number(next), number.isFinite, number != 0 {
          product.coefficient *= number
        } else if mayVanish(next), nodes[next.nodeIndex].operation is Mul,
          let parts = parts(of: next, as: node.outputs[0]),
          product.factors.count + open.count < Product.mostFactors
        {
          multiplications += 1
          product.coefficient *= parts.coefficient
          open += parts.factors.reversed()
        } else if takesOut, let parts = parts(of: next, as: node.outputs[0]),
          parts.factors.count == 1, parts.coefficient != 1
        {
          product.coefficient *= parts.coefficient
          product.factors.append(parts.factors[0])
        } else {
          product.factors.append(next)
        }
      }
      let left = product.factors.count - (product.coefficient == 1 ? 1 : 0)
      if !product.factors.isEmpty, left < multiplications + (takesOut ? 1 : 0),
        product.factors.allSatisfy({ type(of: $0) == node.outputs[0] })
      {
        found = product
        break
      }
    }
    return found
  }
}
