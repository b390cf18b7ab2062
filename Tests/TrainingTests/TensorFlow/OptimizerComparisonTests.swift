import StaticGraph
import Testing

/// Optimisers against TensorFlow's own, over twenty steps of a network of two dense layers.
@Suite struct OptimizerComparisonTests {
  /// Each optimiser with the one of TensorFlow's that it must agree with.
  private static let optimizers: [(Optimizer, String)] = [
    (.gradientDescent(learningRate: 0.1), "tf1.train.GradientDescentOptimizer(0.1)"),
    (.momentum(learningRate: 0.05), "tf1.train.MomentumOptimizer(0.05, 0.9)"),
    (
      .momentum(learningRate: 0.05, momentum: 0.8, nesterov: true),
      "tf1.train.MomentumOptimizer(0.05, 0.8, use_nesterov=True)"
    ),
    (.adam(), "tf1.train.AdamOptimizer()"),
    (
      .adam(learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-4),
      "tf1.train.AdamOptimizer(0.02, 0.8, 0.99, 1e-4)"
    ),
  ]

  private static let stepCount = 20

  /// A training step on mean((tanh(x·W + b)·V + c − y)²).
  private func network(_ optimizer: Optimizer, _ type: DataType) throws -> FrozenGraph {
    let graph = Graph()
    let x = graph.placeholder("x", type: TensorType(type, [nil, 6]))
    let y = graph.placeholder("y", type: TensorType(type, [nil, 3]))
    func variable(_ name: String, _ sizes: [Int], seed: UInt64) throws -> Value {
      let start = try Tensor.sample(sizes, in: -0.5...0.5, seed: seed).converted(to: type)
      return graph.variable(name, initialValue: start)
    }
    let hidden = tanh(
      matmul(x, try variable("first/weights", [6, 10], seed: 1))
        + (try variable("first/bias", [10], seed: 2)))
    let output =
      matmul(hidden, try variable("second/weights", [10, 3], seed: 3))
      + (try variable("second/bias", [3], seed: 4))
    let loss = mean(square(output - y), name: "loss")
    _ = try graph.minimize(loss, by: optimizer)
    return try graph.frozen()
  }

  /// Inputs, and what is wanted for them: a smooth function of them.
  private func batches(_ type: DataType) throws -> [[String: Tensor]] {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil, 6])
    let y = sin(matmul(x, graph.constant(.sample([6, 3], in: -1...1, seed: 9)))) + 1
    let session = try Session(graph)
    return try (0..<Self.stepCount).map { step in
      let inputs = Tensor.sample([16, 6], in: -1...1, seed: 100 + UInt64(step))
      let wanted = try session.run([y], feeding: [x: inputs])[0]
      return ["x": try inputs.converted(to: type), "y": try wanted.converted(to: type)]
    }
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithTensorFlow() throws {
    var cases: [TrainingCase] = []
    for type in [DataType.float64, .float32] {
      let batches = try batches(type)
      for (optimizer, expression) in Self.optimizers {
        cases.append(
          TrainingCase(
            label: "\(expression) in \(type)", graph: try network(optimizer, type),
            batches: batches, tolerance: 1e-5, variableTolerance: 1e-5, optimizer: expression))
      }
    }
    try TrainingCase.compare(cases)
  }
}
