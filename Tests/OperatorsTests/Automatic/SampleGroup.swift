import StaticGraph

/// Samples of an operator in one graph.
struct SampleGroup {
  let graph = Graph()
  private(set) var fetches: [Value] = []
  private(set) var feeds: [Value: Tensor] = [:]

  /// The samples of an operator as they are, in every type, in as few graphs as possible.
  static func all(of operatorType: any Operator.Type) -> [SampleGroup] {
    let cases = SampleCase.all(of: operatorType)
    // Variables of one name are one variable.
    let usesVariables =
      operatorType.traits.contains(.variable)
      || operatorType.signature.inputs.contains { $0.variable != nil }
    return usesVariables ? cases.map { SampleGroup([$0]) } : [SampleGroup(cases)]
  }

  private init(_ cases: [SampleCase]) {
    for (number, sampleCase) in cases.enumerated() {
      let sample = graph.scope("case\(number)") { SampleGraph(sampleCase, in: graph) }
      fetches += sample.results
      feeds.merge(sample.feeds) { first, _ in first }
    }
  }
}
