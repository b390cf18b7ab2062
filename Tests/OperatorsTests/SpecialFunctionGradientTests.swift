import StaticGraph
import Testing

/// Gradients that lead to the second input only, against central differences.
@Suite struct SpecialFunctionGradientTests {
  @Test(arguments: [2.0, 3.0])
  func zetaAndPolygammaChangeWithTheirSecondInput(_ order: Double) throws {
    let points = [0.6, 1.5, 7, 20]
    for function in [
      { (x: Value, q: Value) in zeta(x, q) }, { (a: Value, x: Value) in polygamma(a, x) },
    ] {
      let graph = Graph()
      let first = graph.placeholder("first", Float64.self)
      let second = graph.placeholder("second", Float64.self, shape: [nil])
      let result = function(first, second)
      let gradient = try graph.gradient(of: result, withRespectTo: second)
      let session = try Session(graph)
      func run(_ fetch: Value, _ offset: Double) throws -> [Double] {
        try session.run(
          [fetch], feeding: [first: Tensor(order), second: Tensor(points.map { $0 + offset })])[0]
          .elements(as: Double.self)
      }
      let (up, down) = (try run(result, 1e-5), try run(result, -1e-5))
      for (number, stated) in try run(gradient, 0).enumerated() {
        let measured = (up[number] - down[number]) / 2e-5
        #expect(abs(measured - stated) <= 1e-6 * abs(stated))
      }
    }
  }

  @Test func nothingLeadsToTheFirstInput() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    for result in [zeta(x, x.graph.constant(2.0)), polygamma(x, x.graph.constant(2.0))] {
      #expect(throws: GraphError.self) { try graph.gradient(of: result, withRespectTo: x) }
    }
  }
}
