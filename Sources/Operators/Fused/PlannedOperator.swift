import GraphIR

/// An operator that passes make: it stands in plans alone, so that nothing writes it into a graph
/// and no gradient flows through it.
package protocol PlannedOperator: Operator {}

extension PlannedOperator {
  package static var function: GraphFunction? { nil }
  package static var gradient: GradientRule { .none(because: "gradients are built before plans") }
  package static var samples: [Sample] { [] }
}

/// An operator of a plan that makes one tensor of `Float32` of several.
package protocol CompositeOperator: PlannedOperator {}

extension CompositeOperator {
  package static var signature: Signature {
    Signature(
      inputs: [.init("inputs", .fixed(.float32), count: "N")],
      outputs: [.init("output", .fixed(.float32))])
  }
}
