import GraphIR
import Operators
import Tensors

/// Adds products that are alike once.
///
/// x + x → 2 · x, a · (b · c) + d + (2 · b · c) · a → 3 · (a · (b · c)) + d
///
/// The product rule brings such sums: what flows back through x · x · x is three times the same. Of
/// terms that are alike the one stays that takes least, and no product is computed that was not
/// there before.
let collectLikeTerms = Pass(
  name: "collect like terms", summary: "adds products that are alike once"
) { program in
  var names = NewNames(program.graph)
  let collected = program.rewrittenChains { _, node, graph, mayVanish in
    guard node.operation is AddN || node.operation is AddV2 || node.operation is Add,
      node.controlInputs.isEmpty, node.inputs.count > 1,
      [.float32, .float64].contains(node.outputs[0].dataType),
      node.inputs.allSatisfy({ graph.type(of: $0) == node.outputs[0] })
    else { return nil }
    let terms = graph.collected(node.inputs, mayVanish)
    if terms.count == node.inputs.count { return nil }
    let sum = terms.map { term in
      term.count == 1
        ? term.value : graph.times(term.count, term.value, terms.count == 1, of: node, &names)
    }
    if sum.count == 1 { return sum }
    return graph.append(sum.count == 2 ? AddV2() : AddN(), sum, inPlaceOf: node)
  }
  return collected.pruned()
}

/// A term of a sum, and how many of it there are.
private struct Term {
  var value: Endpoint
  var count: Double
}

extension FrozenGraph {
  /// The terms of a sum, those that are alike taken together.
  fileprivate func collected(_ inputs: [Endpoint], _ mayVanish: (Endpoint) -> Bool) -> [Term] {
    var terms: [(term: Term, product: Product, effort: Int)] = []
    for input in inputs {
      let product = product(input)
      let effort = effort(of: input, mayVanish)
      guard let like = terms.indices.first(where: { terms[$0].product.factors == product.factors })
      else {
        terms.append((Term(value: input, count: 1), product, effort))
        continue
      }
      let kept = terms[like]
      let share = product.coefficient / kept.product.coefficient
      let count = kept.term.count + share
      if kept.term.value == input || mayVanish(input), kept.effort <= effort,
        Self.isFactor(share), Self.isFactor(count)
      {
        terms[like].term.count = count
      } else if mayVanish(kept.term.value), Self.isFactor(1 / share), Self.isFactor(count / share) {
        terms[like] = (Term(value: input, count: count / share), product, effort)
      } else {
        terms.append((Term(value: input, count: 1), product, effort))
      }
    }
    return terms.map(\.term)
  }

  /// Whether nothing is lost where a constant becomes a Float32.
  private static func isFactor(_ number: Double) -> Bool { Float(number).isNormal }

  /// How many products are computed for a value alone.
  private func effort(of value: Endpoint, _ mayVanish: (Endpoint) -> Bool) -> Int {
    var (effort, open) = (0, [value])
    while let value = open.popLast(), effort < 16 {
      let node = nodes[value.nodeIndex]
      guard mayVanish(value),
        node.operation is Mul || node.operation is Square || node.operation is Neg
      else { continue }
      effort += 1
      open += node.inputs
    }
    return effort
  }

  /// A multiple of a value, which stands for a node where it is all that is left of it.
  fileprivate mutating func times(
    _ count: Double, _ value: Endpoint, _ isAll: Bool, of node: Node, _ names: inout NewNames
  ) -> Endpoint {
    let factor = Tensor(count, like: TensorType(node.outputs[0].dataType, []))!
    let constant = append(constant: factor, "count", beside: node, &names)
    nodes.append(
      Node(
        name: isAll ? node.name : names.unused("\(node.name)#times"), operation: Mul(),
        inputs: [value, constant], outputs: node.outputs, origin: node.origin))
    return Endpoint(node: nodes.count - 1)
  }
}
