import StaticGraph
import Testing

/// Every operator against the text that the language has for it.
@Suite struct LanguageTests {
  /// Compiling the text of a graph with a sample gives the graph again.
  @Test(arguments: testedOperators.map { $0.name })
  func isTheSameThroughText(_ name: String) throws {
    for sampleCase in SampleCase.all(of: OperatorRegistry.standard.operator(named: name)!) {
      for shapes in [KnownShapes.all, .nothing] {
        let sample = SampleGraph(sampleCase, shapes: shapes)
        for (number, result) in sample.results.enumerated() {
          sample.graph.declareOutput(result, named: "output \(number)")
        }
        let graph = try sample.graph.frozen()
        let source = SourceFile(name: "sample.graph", text: graph.languageText())
        let again = try GraphCompiler().compile(source).frozen()
        #expect(try GraphFile(again).nodes == GraphFile(graph).nodes, "\(sampleCase)")
        #expect(try GraphFile(again).signature == GraphFile(graph).signature, "\(sampleCase)")
        #expect(again.nodes.map(\.outputs) == graph.nodes.map(\.outputs), "\(sampleCase)")
        #expect(try source.formatted() == source.text, "\(sampleCase)")
      }
    }
  }

  /// An operator with a function of its own is written with it.
  @Test func functionsAreUsed() throws {
    var others: Set<String> = []
    for operatorType in OperatorRegistry.standard.operators where operatorType.function != nil {
      let samples = SampleCase.all(of: operatorType)
      let isUsed = try samples.contains { sampleCase in
        let text = try SampleGraph(sampleCase).graph.frozen().languageText()
        return !text.contains("operation(")
      }
      if !isUsed { others.insert(operatorType.name) }
    }
    #expect(others == [])
  }
}
