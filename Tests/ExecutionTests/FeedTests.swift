import StaticGraph
import Testing

/// Feeds in place of what a graph would compute, and what waits for them.
@Suite struct FeedTests {
  @Test func fedAxesDecideOnTheShape() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [100, 2])
    let axes = graph.constant([0])
    let total = sum(x, axes: axes)
    let ones = try Tensor(repeating: Float(1), dimensions: [100, 2])
    let session = try Session(graph)
    #expect(try session.run(total, feeding: [x: ones]).dimensions == [2])
    let rows = try session.run(total, feeding: [x: ones, axes: [1]])
    #expect(try rows.elements(as: Float.self) == Array(repeating: 2, count: 100))
  }

  @Test func aFedShapeReplacesTheConstant() throws {
    let graph = Graph()
    let sizes = graph.constant([2, 3])
    let y = reshape(graph.constant([1, 2, 3, 4, 5, 6]), to: sizes)
    #expect(try Session(graph).run(y, feeding: [sizes: [3, 2]]).dimensions == [3, 2])
  }

  @Test func whatIsFedIsNotComputedAgain() throws {
    let graph = Graph()
    let negative = neg(graph.constant([2]), name: "negative")
    let results = try Session(graph).run(
      [negative], targets: [negative.node], feeding: [negative: [5]])
    #expect(try results[0].elements(as: Int32.self) == [5])
  }

  @Test func toWaitForAFedPlaceholderIsToWaitForNothing() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = graph.controlDependencies(on: [x.node]) { sin(x) }
    let result = try Session(graph).run([y], targets: [x.node], feeding: [x: 0])
    #expect(try result[0].scalar(as: Double.self) == 0)
  }

  @Test func aBoundFeedIsOneOfItsOwnOnceItIsWritten() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2])
    var fed: Tensor = [1.0, 2.0]
    let call = try Session(graph).prepare(fetches: [2 * x], feeds: [x]).bind([fed])
    func doubled() throws -> [Double] {
      try call.run()
      return try call.result(0).elements(as: Double.self)
    }
    #expect(try doubled() == [2, 4])
    fed.withUnsafeMutableBytes { $0.bindMemory(to: Double.self)[0] = 10 }
    #expect(try doubled() == [2, 4])
    let kept = fed
    call.updateFeed(0, as: Double.self) { $0[1] = 3 }
    #expect(try doubled() == [2, 6])
    call.updateFeed(0, as: Double.self) { $0[0] = 4 }
    #expect(try doubled() == [8, 6])
    #expect(try kept.elements(as: Double.self) == [10, 2])
  }

  @Test func aFeedBeyondTheLimitIsRefused() throws {
    let graph = Graph(limits: GraphLimits(byteCount: 1000))
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let session = try Session(graph)
    let error = #expect(throws: GraphError.self) {
      _ = try session.run(sum(x), feeding: [x: Tensor(zeros: .float32, dimensions: [251])])
    }
    #expect(
      error?.diagnostics[0].message
        == "feed 'x': Float32[251] takes more than the limit of 1000 bytes")
  }

  @Test func valuesOfAnotherGraphAreRefused() throws {
    let graph = Graph()
    let other = Graph().placeholder("other", Float64.self)
    _ = graph.controlDependencies(on: [other.node]) { graph.placeholder("x", Float64.self) }
    graph.declareOutput(other, named: "other")
    #expect(
      graph.diagnostics.map(\.message) == [
        "controlDependencies: a node belongs to another graph",
        "output 'other': the value belongs to another graph",
      ])
    #expect(!graph.node(named: "x")!.output(1).isValid)
    #expect(!graph.node(at: 7).isValid)
  }
}
