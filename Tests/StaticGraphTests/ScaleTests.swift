import StaticGraph
import Testing

/// Graphs of a size that recursion or quadratic work would not survive.
@Suite struct ScaleTests {
  @Test func aChainOfAHundredThousandOperatorsIsDifferentiatedAndRun() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    var y = x
    for _ in 0..<50_000 { y = y * 1.00001 + x }
    let dydx = try graph.gradient(of: y, withRespectTo: x)
    let (value, slope) = try Session(graph).run(y, dydx, feeding: [x: 2])
    let expected = try value.scalar(as: Double.self) / 2
    #expect(abs(try slope.scalar(as: Double.self) / expected - 1) < 1e-9)
  }

  @Test func oneValueWithManyReaders() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = addN((0..<20_000).map { _ in sin(x) })
    let dydx = try graph.gradient(of: y, withRespectTo: x)
    let slope = try Session(graph).run(dydx, feeding: [x: 0])
    #expect(abs(try slope.scalar(as: Double.self) - 20_000) < 1e-6)
  }
}
