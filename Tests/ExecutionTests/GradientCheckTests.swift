import StaticGraph
import Testing

@Suite struct GradientCheckTests {
  @Test func aRightGradientPasses() throws {
    for type: DataType in [.float64, .float32] {
      let graph = Graph()
      let x = graph.placeholder("x", type: TensorType(type, [nil, 3]))
      let w = graph.placeholder("w", type: TensorType(type, [3, 2]))
      let y = tanh(matmul(sin(x), w))
      let gradients = try graph.gradient(of: y, withRespectTo: [x, w])
      let check = try Session(graph).numericalGradientCheck(
        of: y, gradients: [(x, gradients[0]), (w, gradients[1])],
        feeding: [
          x: Tensor.sample([4, 3]).converted(to: type),
          w: Tensor.sample([3, 2], seed: 2).converted(to: type),
        ])
      #expect(check.comparisons.count == 6)
      #expect(check.largestError < (type == .float64 ? 1e-8 : 1e-2), "\(check)")
    }
  }

  @Test func aWrongGradientIsReportedWithItsInput() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2])
    let z = graph.placeholder("z", Float64.self, shape: [2])
    let y = x * x * z
    let check = try Session(graph).numericalGradientCheck(
      of: y, gradients: [(x, 2 * x * z), (z, 1.01 * x * x)], feeding: [x: [1, 2], z: [3, 4]],
      directions: 2)
    let worst = try #require(check.worst)
    #expect(worst.input == "z")
    #expect(abs(worst.promised / worst.measured - 1.01) < 1e-6)
    #expect(check.comparisons.prefix(2).allSatisfy { $0.error < 1e-8 })
    #expect(check.description.contains("of 'z' the gradient promises"))
  }

  @Test func whatIsNoNumberIsAnError() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let y = 1 / x
    let gradient = try graph.gradient(of: y, withRespectTo: x)
    let check = try Session(graph).numericalGradientCheck(
      of: y, gradients: [(x, gradient)], feeding: [x: 0])
    #expect(check.largestError == .infinity)
  }

  @Test func wrongCallsAreTold() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2])
    let session = try Session(graph)
    #expect(throws: GraphError.self) {
      _ = try session.numericalGradientCheck(of: x, gradients: [(x, sum(x))], feeding: [x: [1, 2]])
    }
    #expect(throws: GraphError.self) {
      _ = try session.numericalGradientCheck(
        of: x * 2, gradients: [(x * 2, x)], feeding: [x: [1, 2]])
    }
    let nothing = try session.numericalGradientCheck(of: x, gradients: [], feeding: [:])
    #expect(nothing.largestError == 0)
  }
}
