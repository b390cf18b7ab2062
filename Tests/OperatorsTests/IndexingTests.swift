import StaticGraph
import Testing

/// Indices that are known only when the graph runs.
@Suite struct IndexingTests {
  private func told(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing"
    } catch {
      return (error as? GraphError)?.diagnostics[0].message ?? "\(error)"
    }
  }

  @Test func indicesOutsideAreNamed() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3, 2])
    let indices = graph.placeholder("indices", Int64.self, shape: [nil, 2])
    let y = gatherNd(x, indices)
    let session = try Session(graph)
    let feed = Tensor.sample([3, 2])
    #expect(
      told { _ = try session.run(y, feeding: [x: feed, indices: [[0, 1], [2, -1]]]) }
        == "GatherNd 'GatherNd': tuple 1 of the indices is [2, -1], which is not in params,"
        + " Float64[3, 2]")
    #expect(
      told { _ = try session.run(y, feeding: [x: feed, indices: [[3, 0]]]) }
        == "GatherNd 'GatherNd': tuple 0 of the indices is [3, 0], which is not in params,"
        + " Float64[3, 2]")
    let huge = Tensor([Int64.max, Int64.min])
    #expect(
      told { _ = try session.run(y, feeding: [x: feed, indices: huge.reshaped(to: [1, 2])]) }
        .contains("[9223372036854775807, -9223372036854775808]"))
  }

  @Test func indicesOutsideCanBeIgnored() throws {
    let graph = Graph()
    let indices = graph.constant([[1], [7], [-1]] as Tensor, as: .int32)
    let updates = graph.constant([1, 2, 3] as Tensor, as: .float64)
    var scatter = ScatterNd()
    scatter.badIndicesPolicy = .ignore
    let sizes = graph.constant([3] as Tensor, as: .int32)
    let scattered = graph.append(scatter, [indices, updates, sizes], origin: .unknown).output
    var gather = GatherNd()
    gather.badIndicesPolicy = .ignore
    let gathered = graph.append(gather, [updates, indices], origin: .unknown).output
    let results = try Session(graph).run([scattered, gathered])
    #expect(try results[0].elements(as: Double.self) == [0, 1, 0])
    #expect(try results[1].elements(as: Double.self) == [2, 0, 0])
  }

  @Test func moreTuplesOfNothingThanCanBeCounted() throws {
    let graph = Graph()
    let x = graph.constant(try Tensor(zeros: .float64, dimensions: [0]))
    let tuples = try Tensor(zeros: .int32, dimensions: [1 << 40, 1 << 40, 0])
    let y = gatherNd(x, graph.placeholder("tuples", Int32.self, shape: [nil, nil, 0]))
    let feed = graph.node(named: "tuples")!.output
    let result = try Session(graph).run(y, feeding: [feed: tuples])
    #expect(result.dimensions == [1 << 40, 1 << 40, 0])
  }

  @Test func numbersBeyondAnOperatorsTypeAreTold() {
    func told(_ body: (Value) -> Void) -> [String] {
      let graph = Graph()
      body(graph.placeholder("x", Int32.self, shape: [2]))
      return graph.diagnostics.map(\.message)
    }
    #expect(
      told { _ = oneHot($0, depth: 3_000_000_000) }
        == ["oneHot: depth must be a value of Int32, but it is 3000000000"])
    #expect(
      told { _ = bincount($0, size: 3_000_000_000) }
        == ["bincount: size must be a value of Int32, but it is 3000000000"])
    #expect(
      told { _ = cumsum($0, axis: 3_000_000_000) }.first?.contains("no axis 3000000000") == true)
  }

  @Test func namesInGraphFiles() {
    let names = Set(OperatorRegistry.standard.operators.compactMap { $0.function?.name })
    #expect(
      names.isSuperset(of: [
        "gatherNd", "scatterNd", "tensorScatterUpdate", "tensorScatterAdd", "tensorScatterSub",
        "dynamicStitch", "dynamicPartition", "argwhere", "unique", "uniqueWithCounts", "listDiff",
      ]))
  }

  @Test func resultsHaveTheTypeThatACallStates() throws {
    let text = """
      placeholder i: Int32[2]
      output marks = oneHot(i, depth: 2, type: .int64), counts = bincount(i, size: 2, type: .float64)
      output others = oneHot(i, depth: 2, off: -1)
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "types.graph", text: text))
    let i = try #require(graph.node(named: "i")).output
    let outputs = try graph.frozen().interface.outputs.map { graph.value(at: $0.endpoint) }
    let results = try Session(graph).run(outputs, feeding: [i: [1, 1]])
    #expect(try results[0].elements(as: Int64.self) == [0, 1, 0, 1])
    #expect(try results[1].elements(as: Double.self) == [0, 2])
    #expect(try results[2].elements(as: Float.self) == [-1, 1, -1, 1])
    let wrong = "placeholder x: Float32\nlet y = oneHot(1, depth: 2, on: x, type: .int32)"
    #expect {
      try GraphCompiler().compile(SourceFile(name: "wrong.graph", text: wrong))
    } throws: {
      "\($0)".contains("wrong.graph:2:42: error: oneHot: type is .int32, but on is Float32")
    }
  }

  @Test func valuesOfTheirOwnInAndOutOfThePlace() throws {
    let graph = Graph()
    let (on, off) = (graph.constant(Tensor(2.5)), graph.constant(Tensor(-1.0)))
    let marks = oneHot(graph.constant(Tensor([Int32(0), 5])), depth: 2, on: on, off: off, axis: 0)
    let top = topK(graph.constant(Tensor([1.0, 3, 2])), k: 2, sorted: false)
    let results = try Session(graph).run([marks, top.indices])
    #expect(results[0].dimensions == [2, 2])
    #expect(try results[0].elements(as: Float.self) == [2.5, -1, -1, -1])
    #expect(try results[1].elements(as: Int32.self) == [1, 2])
  }
}
