import GraphIR

/// Computes once what stands in the graph several times.
///
/// y = f(x), z = f(x) → y = f(x), z = y
///
/// Operators are equal when their attributes are; constants when their bits are.
let mergeDuplicates = Pass(
  name: "merge duplicates", summary: "computes once what stands in the graph several times"
) { program in
  var seen: [Computation: Int] = [:]
  seen.reserveCapacity(program.graph.nodes.count)
  return program.rewritten { node, graph in
    guard !type(of: node.operation).traits.contains(.hasEffect), node.controlInputs.isEmpty else {
      return nil
    }
    let computation = Computation(operation: node.operation, inputs: node.inputs)
    if let earlier = seen[computation] {
      return node.outputs.indices.map { Endpoint(node: earlier, output: $0) }
    }
    seen[computation] = graph.nodes.count
    return nil
  }
}

/// What makes two nodes compute the same.
private struct Computation: Hashable {
  var operation: any Operator
  var inputs: [Endpoint]

  static func == (left: Computation, right: Computation) -> Bool {
    left.inputs == right.inputs && left.operation.isEqual(to: right.operation)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type(of: operation)))
    hasher.combine(operation)
    hasher.combine(inputs)
  }
}

extension Operator {
  /// Whether the other operator is of the same kind with the same attributes.
  fileprivate func isEqual(to other: any Operator) -> Bool {
    (other as? Self) == self
  }
}
