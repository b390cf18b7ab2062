import StaticGraph
import Testing

/// Training steps against what their formulas give by hand.
@Suite struct MinimizeTests {
  /// The value of `x` after steps that minimise Σ (x − target)².
  private func trained(
    _ optimizer: Optimizer, steps: Int, from start: [Double], to target: [Double]
  ) throws -> [Double] {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor(start))
    let loss = sum(square(x - graph.constant(Tensor(target))))
    let train = try graph.minimize(loss, by: optimizer)
    let session = try Session(graph)
    try session.initializeVariables()
    for _ in 0..<steps { try session.run(targets: [train]) }
    return try session.value(of: x).elements()
  }

  @Test func gradientDescentFollowsTheGradient() throws {
    let x = try trained(.gradientDescent(learningRate: 0.25), steps: 3, from: [8, 0], to: [0, 4])
    #expect(x == [1, 3.5])
  }

  @Test func momentumAddsUpGradients() throws {
    var (x, sum) = (8.0, 0.0)
    for _ in 0..<4 {
      sum = 0.5 * sum + 2 * x
      x -= 0.25 * sum
    }
    let trained = try trained(
      .momentum(learningRate: 0.25, momentum: 0.5), steps: 4, from: [8], to: [0])
    #expect(trained == [x])
  }

  @Test func adamScalesByMoments() throws {
    var (x, m, v) = (8.0, 0.0, 0.0)
    for step in 1...5 {
      let gradient = 2 * x
      m = 0.9 * m + 0.1 * gradient
      v = 0.999 * v + 0.001 * gradient * gradient
      var (first, second) = (1.0, 1.0)
      for _ in 0..<step { (first, second) = (first * 0.9, second * 0.999) }
      x -= 0.1 * (1 - second).squareRoot() / (1 - first) * m / (v.squareRoot() + 1e-8)
    }
    let trained = try trained(.adam(learningRate: 0.1), steps: 5, from: [8], to: [0])
    #expect(abs(trained[0] - x) < 1e-12)
  }

  @Test func onlyWhatTheLossDependsOnIsTrained() throws {
    let graph = Graph()
    let a = graph.variable("a", initialValue: Tensor(Float32(1)))
    let b = graph.variable("b", initialValue: Tensor(Float32(1)))
    let count = graph.variable("count", initialValue: Tensor(Int32(0)))
    let loss = square(a) * cast(count + 1, to: .float32)
    let train = try graph.minimize(loss, by: .gradientDescent(learningRate: 0.5))
    let session = try Session(graph)
    try session.initializeVariables()
    let before = try session.run([loss], targets: [train])
    #expect(before == [Tensor(Float32(1))])
    #expect(try session.run([a, b]) == [Tensor(Float32(0)), Tensor(Float32(1))])
  }

  @Test func saysWhatCannotBeTrained() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [2])
    let noVariable = #expect(throws: GraphError.self) {
      try graph.minimize(sum(x), by: .adam())
    }
    #expect(noVariable?.description.contains("depends on no variable") == true)
    let noScalar = #expect(throws: GraphError.self) { try graph.minimize(x, by: .adam()) }
    #expect(noScalar?.description.contains("the loss must be a scalar") == true)
  }
}
