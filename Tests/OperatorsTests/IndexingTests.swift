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

  @Test func namesInGraphFiles() {
    let names = Set(OperatorRegistry.standard.operators.compactMap { $0.function?.name })
    #expect(
      names.isSuperset(of: [
        "gatherNd", "scatterNd", "tensorScatterUpdate", "tensorScatterAdd", "tensorScatterSub",
        "dynamicStitch", "dynamicPartition", "argwhere", "unique", "uniqueWithCounts", "listDiff",
      ]))
  }
}
