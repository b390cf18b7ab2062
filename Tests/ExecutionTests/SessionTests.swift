import StaticGraph
import Testing

@Suite struct SessionTests {
  @Test func derivativeOfAProduct() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = 2 * x * sin(.pi * x)
    let dydx = try graph.gradient(of: y, withRespectTo: x)
    let session = try Session(graph)
    let (value, slope) = try session.run(y, dydx, feeding: [x: 1.5])
    #expect(abs(try value.scalar(as: Double.self) + 3) < 1e-12)
    #expect(abs(try slope.scalar(as: Double.self) + 2) < 1e-12)
  }

  @Test func secondDerivative() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = x * x * x
    let first = try graph.gradient(of: y, withRespectTo: x)
    let second = try graph.gradient(of: first, withRespectTo: x)
    let third = try graph.gradient(of: second, withRespectTo: x)
    let results = try Session(graph).run([first, second, third], feeding: [x: 2])
    #expect(try results.map { try $0.scalar(as: Double.self) } == [12, 12, 6])
  }

  @Test func errorOfAnInfixOperatorHasItsLine() throws {
    let graph = Graph()
    let a = graph.placeholder("a", Float32.self, shape: [2, 3])
    let b = graph.placeholder("b", Float32.self, shape: [4])
    let line = #line + 1
    _ = a + b
    let diagnostic = try #require(graph.diagnostics.first)
    #expect(diagnostic.location?.line == line)
    #expect(
      diagnostic.message == "add: the shapes do not broadcast: x is Float32[2, 3], y is Float32[4]")
  }

  @Test func sizesThatDependOnValues() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let sizes = graph.placeholder("sizes", Int32.self, shape: [nil])
    let y = sum(reshape(x * 2, to: sizes + sizes), axes: [0])
    let session = try Session(graph)
    let once = try session.run(y, feeding: [x: [1, 2, 3, 4], sizes: [1, 1]])
    #expect(try once.elements(as: Float.self) == [8, 12])
    #expect(once.dimensions == [2])
    let again = try session.run(y, feeding: [x: [1, 2, 3, 4], sizes: [2]])
    #expect(try again.elements(as: Float.self) == [20])
  }

  @Test func manyThreadsShareASession() async throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil])
    let y = sum(x * x)
    let session = try Session(graph, options: SessionOptions(threads: 2))
    let callable = try session.prepare(fetches: [y], feeds: [x])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for task in 1...8 {
        group.addTask {
          for _ in 0..<50 {
            let input = try Tensor(repeating: Float(task), dimensions: [70_000])
            let result = try callable.run([input])[0].scalar(as: Float.self)
            if result != Float(task * task * 70_000) { return false }
          }
          return true
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
