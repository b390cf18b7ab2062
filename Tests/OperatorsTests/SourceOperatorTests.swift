import StaticGraph
import Testing

/// Placeholders with a default, checks, and barriers to derivatives.
@Suite struct SourceOperatorTests {
  @Test func placeholderWithDefaultIsFedOrNot() throws {
    let graph = Graph()
    let standard = graph.constant([[1.0, 2, 3]])
    let x = placeholderWithDefault(standard, shape: [nil, 3], name: "x")
    #expect(x.shape == [nil, 3])
    let y = sum(x * x, axes: [1])
    let slope = try graph.gradient(of: y, withRespectTo: x)
    let session = try Session(graph)
    let unfed = try session.run([y, slope])
    #expect(try unfed[0].elements(as: Float.self) == [14])
    #expect(try unfed[1].elements(as: Float.self) == [2, 4, 6])
    let fed = try session.run([y, slope], feeding: [x: [[1, 0, 0], [0, 2, 0]]])
    #expect(try fed[0].elements(as: Float.self) == [1, 4])
    #expect(fed[1].dimensions == [2, 3])
    #expect(throws: GraphError.self) { try session.run([y], feeding: [x: [[1, 2]]]) }
  }

  @Test func defaultMayBeComputed() throws {
    let graph = Graph()
    let sizes = graph.placeholder("sizes", Int32.self, shape: [nil])
    let x = placeholderWithDefault(fill(sizes, graph.constant(2)), shape: [2, nil])
    let y = sum(x, axes: [0])
    let session = try Session(graph)
    #expect(try session.run(y, feeding: [sizes: [2, 1]]).elements(as: Int32.self) == [4])
    #expect(
      try session.run(y, feeding: [x: [[1, 2], [3, 4]]]).elements(as: Int32.self) == [4, 6])
    let error = #expect(throws: GraphError.self) {
      try session.run(y, feeding: [sizes: [3, 1]])
    }
    #expect(error?.description.contains("what is fed has the shape [2, ?]") == true)
  }

  @Test func rangeHasTheSizeThatItsValuesAskFor() throws {
    let graph = Graph()
    let limit = graph.placeholder("limit", Int32.self)
    let numbers = range(graph.constant(0), limit, by: graph.constant(2))
    let session = try Session(graph)
    #expect(try session.run(numbers, feeding: [limit: 5]).elements(as: Int32.self) == [0, 2, 4])
    #expect(try session.run(numbers, feeding: [limit: 0]).elements(as: Int32.self) == [])
    let error = #expect(throws: GraphError.self) { try session.run(numbers, feeding: [limit: -1]) }
    #expect(error?.description.contains("no steps of 2 lead from 0 to -1") == true)
    let most = graph.range(Int32.min, Int32.max)
    #expect(throws: GraphError.self) { try session.run(concat([most, most, most], axis: 0)) }
  }

  @Test func assertFailsWithWhatItShows() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let condition = graph.placeholder("condition", Bool.self)
    let check = StaticGraph.assert(condition, [graph.constant("too small:"), x, condition])
    let y = graph.controlDependencies(on: [check]) { x + 1 }
    let session = try Session(graph)
    let feed: Tensor = [1, 2, 3, 4]
    #expect(
      try session.run(y, feeding: [x: feed, condition: true]).elements(as: Float.self)
        == [2, 3, 4, 5])
    let error = #expect(throws: GraphError.self) {
      try session.run(y, feeding: [x: feed, condition: false])
    }
    #expect(
      error?.diagnostics.first?.message
        == "Assert 'Assert': the condition is false: too small: [1. 2. 3. …] False")
    #expect(throws: GraphError.self) {
      try session.run(targets: [check], feeding: [x: feed, condition: false])
    }
  }

  @Test func checkNumericsTellsWhatItFinds() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let y = checkNumerics(x, message: "loss")
    let session = try Session(graph)
    for (number, kind) in [
      (Double.nan, "NaN"), (.infinity, "infinite numbers"), (-.infinity, "infinite numbers"),
    ] {
      let error = #expect(throws: GraphError.self) {
        try session.run(y, feeding: [x: Tensor([1, number, 2])])
      }
      #expect(
        error?.diagnostics.first?.message == "CheckNumerics 'CheckNumerics': loss: the tensor"
          + " holds \(kind)")
    }
    var many = [Double](repeating: 1, count: 100_000)
    many[99_999] = .nan
    #expect(throws: GraphError.self) { try session.run(y, feeding: [x: Tensor(many)]) }
  }

  @Test func barriersToDerivatives() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = x * stopGradient(x)
    let slope = try graph.gradient(of: y, withRespectTo: x)
    #expect(try Session(graph).run(slope, feeding: [x: 3]).scalar(as: Double.self) == 3)
    #expect(throws: GraphError.self) {
      try graph.gradient(of: stopGradient(x), withRespectTo: x)
    }
    let guarded = preventGradient(x, message: "it is an index", name: "guarded")
    let error = #expect(throws: GraphError.self) {
      try graph.gradient(of: guarded * x, withRespectTo: x)
    }
    #expect(
      error?.diagnostics.first?.message
        == "gradient: 'guarded' may not be differentiated: it is an index")
    #expect(error?.diagnostics.first?.location?.file.hasSuffix("SourceOperatorTests.swift") == true)
  }

  @Test func integersAreRounded() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Int32.self, shape: [nil])
    let y = round(x) + x
    #expect(
      try Session(graph).run(y, feeding: [x: [1, -3, 0]]).elements(as: Int32.self) == [2, -6, 0])
  }

  @Test func identitiesOfTexts() throws {
    let graph = Graph()
    let values = identityN([graph.constant("a"), graph.constant(2.5)])
    let results = try Session(graph).run(values.map { snapshot($0) })
    #expect(try results[0].strings() == [Array("a".utf8)])
    #expect(try results[1].scalar(as: Float.self) == 2.5)
  }
}

/// The infix forms of comparisons, and what the graph language makes of them.
@Suite struct ComparisonOperatorTests {
  private func truths(_ value: Value, _ feeds: [Value: Tensor]) throws -> [Bool] {
    try Session(value.graph).run(value, feeding: feeds).elements(as: Bool.self)
  }

  @Test func infixOperators() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let y = graph.placeholder("y", Float32.self, shape: [nil])
    let feeds: [Value: Tensor] = [x: [1, 2, 3], y: [3, 2, 1]]
    #expect(try truths(x .< y, feeds) == [true, false, false])
    #expect(try truths(x .<= y, feeds) == [true, true, false])
    #expect(try truths(x .>= y, feeds) == [false, true, true])
    #expect(try truths(x .== y, feeds) == [false, true, false])
    #expect(try truths(x .!= y, feeds) == [true, false, true])
    #expect(try truths(x .< 2, feeds) == [true, false, false])
    #expect(try truths(2 .<= x, feeds) == [false, true, true])
    #expect(try truths(2 .== x .| x .> 2, feeds) == [false, true, true])
    #expect(try truths(.!(x .>= 2) .& y .!= 0, feeds) == [true, false, false])
  }

  @Test func errorsHaveTheirLine() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [2])
    let y = graph.placeholder("y", Float32.self, shape: [3])
    let line = #line
    _ = x .== y
    _ = x .<= y
    _ = .!x
    _ = (x .> 0) .& (y .> 0)
    #expect(graph.diagnostics.map { $0.location?.line } == (1...4).map { line + $0 })
  }

  @Test func graphLanguage() throws {
    let text = """
      placeholder x: Float32[?, 3]
      let small = x .< 2
      let same = x .== 2
      output y = select(logicalOr(small, same), clip(x, min: 1, max: 5), 0)
      output z = ensureShape(placeholderWithDefault(range(0, 6, by: 2), shape: [-1]), shape: [3])
      output w = linspace(0.0, 1.0, count: 3)
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: text)) { _, _ in
      SourceFile(name: "model.graph", text: text)
    }
    let frozen = try graph.frozen()
    let outputs = frozen.interface.outputs.map { graph.value(at: $0.endpoint) }
    let x = try #require(graph.node(named: "x")).output
    let results = try Session(graph).run(outputs, feeding: [x: [[0, 2, 3]]])
    #expect(try results[0].elements(as: Float.self) == [1, 2, 0])
    #expect(try results[1].elements(as: Int32.self) == [0, 2, 4])
    #expect(try results[2].elements(as: Float.self) == [0, 0.5, 1])
  }
}
