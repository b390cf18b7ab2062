import StaticGraph
import Testing

/// Results of every operator against its own shape rule, and over a file.
@Suite struct ResultTests {
  static let names = testedOperators.map { $0.name }

  private static func cases(_ name: String) -> [SampleCase] {
    SampleCase.all(of: OperatorRegistry.standard.operator(named: name)!)
  }

  @Test(arguments: names)
  func resultHasTheShapeThatTheRulePromises(_ name: String) throws {
    for sampleCase in Self.cases(name) {
      let known = SampleGraph(sampleCase)
      let expected = try Session(known.graph).run(known.results, feeding: known.feeds)
      for (value, result) in zip(known.results, expected) {
        if sampleCase.sizesDependOnValues {
          #expect(value.dataType == result.dataType, "\(sampleCase)")
          #expect(value.shape.isCompatible(with: result.shape), "\(sampleCase)")
        } else {
          #expect(value.type == result.type, "\(sampleCase)")
        }
      }
      for shapes in KnownShapes.allCases {
        for feedsSizes in [false, true] {
          let open = SampleGraph(sampleCase, shapes: shapes, feedsSizes: feedsSizes)
          let results = try Session(open.graph).run(open.results, feeding: open.feeds)
          #expect(results == expected, "\(sampleCase), shapes: \(shapes), sizes fed: \(feedsSizes)")
          for (value, result) in zip(open.results, results) {
            #expect(value.shape.isCompatible(with: result.shape), "\(sampleCase)")
          }
        }
      }
    }
  }

  @Test(arguments: names)
  func wrongInputsAreToldWhatIsWrong(_ name: String) throws {
    for sample in OperatorRegistry.standard.operator(named: name)!.samples {
      guard case .failure(let message) = sample.expectation else { continue }
      let sampleCase = SampleCase(sample: sample, inputs: sample.inputs, dataType: .float64)
      let graph = SampleGraph(sampleCase).graph
      let error = #expect(throws: GraphError.self, "\(sampleCase)") { _ = try Session(graph) }
      let told = error?.diagnostics.first?.message ?? ""
      #expect(told.drop { $0 != ":" }.dropFirst(2) == message, "\(sampleCase): \(told)")
    }
  }

  @Test(arguments: names)
  func isTheSameThroughAFile(_ name: String) throws {
    for sampleCase in Self.cases(name) {
      let original = SampleGraph(sampleCase)
      for (number, result) in original.results.enumerated() {
        original.graph.declareOutput(result, named: "output\(number)")
      }
      let expected = try Session(original.graph).run(original.results, feeding: original.feeds)
      let bytes = try GraphFile(original.graph.frozen()).encoded()
      let read = try FrozenGraph(
        GraphFile.decode(bytes, name: "round trip"), registry: .standard, name: "round trip")
      #expect(try GraphFile(read).encoded() == bytes, "\(sampleCase)")
      let graph = Graph(read)
      var feeds: [Value: Tensor] = [:]
      for (value, tensor) in original.feeds {
        feeds[try #require(graph.node(named: value.name)).output] = tensor
      }
      let outputs = read.interface.outputs.map { graph.value(at: $0.endpoint) }
      #expect(try Session(graph).run(outputs, feeding: feeds) == expected, "\(sampleCase)")
    }
  }
}
