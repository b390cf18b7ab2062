import PythonSupport
import StaticGraph
import Testing

/// Optimisers against TensorFlow's own, over twenty steps of a network of two dense layers.
@Suite struct OptimizerComparisonTests {
  /// A way to train, with the one of TensorFlow's that it must agree with.
  private struct Way: Sendable {
    var expression: String
    var averages: String?
    var types: [DataType] = [.float64, .float32]
    /// Appends the training step, called `train`.
    var minimize: @Sendable (_ loss: Value, _ step: Value) throws -> Void

    /// An optimiser alone.
    init(_ optimizer: Optimizer, _ expression: String) {
      self.expression = expression
      minimize = { loss, _ in _ = try loss.graph.minimize(loss, by: optimizer) }
    }

    /// An optimiser with whatever goes with it.
    init(
      _ expression: String, averages: String? = nil,
      minimize: @escaping @Sendable (_ loss: Value, _ step: Value) throws -> Void
    ) {
      (self.expression, self.averages, self.minimize) = (expression, averages, minimize)
      types = [.float64]
    }

    /// Gradient descent by a schedule of Keras's.
    init(schedule: String, _ rate: @escaping @Sendable (_ step: Value) -> Value) {
      expression = "tf.keras.optimizers.SGD(tf.keras.optimizers.schedules.\(schedule))"
      types = [.float64]
      minimize = { loss, step in
        _ = try loss.graph.minimize(
          loss, by: .gradientDescent(learningRate: .value(rate(step))), step: step)
      }
    }
  }

  /// Each optimiser with the one of TensorFlow's that it must agree with.
  private static let optimizers: [Way] = [
    Way(.gradientDescent(learningRate: 0.1), "tf1.train.GradientDescentOptimizer(0.1)"),
    Way(.momentum(learningRate: 0.05), "tf1.train.MomentumOptimizer(0.05, 0.9)"),
    Way(
      .momentum(learningRate: 0.05, momentum: 0.8, nesterov: true),
      "tf1.train.MomentumOptimizer(0.05, 0.8, use_nesterov=True)"),
    Way(.adam(), "tf1.train.AdamOptimizer()"),
    Way(
      .adam(learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-4),
      "tf1.train.AdamOptimizer(0.02, 0.8, 0.99, 1e-4)"),
    Way(
      .adam(learningRate: 0.02, beta1: 0.8, beta2: 0.7, epsilon: 1e-7, amsgrad: true),
      "tf.keras.optimizers.Adam(0.02, 0.8, 0.7, amsgrad=True)"),
    Way(.adamW(), "tf.keras.optimizers.AdamW()"),
    // Keras rounds beta2 to Float32, which 0.9375 withstands.
    Way(
      .adamW(learningRate: 0.02, weightDecay: 0.1, beta2: 0.9375, amsgrad: true),
      "tf.keras.optimizers.AdamW(0.02, 0.1, beta_2=0.9375, amsgrad=True)"),
    Way(.adagrad(learningRate: 0.1), "tf.keras.optimizers.Adagrad(0.1)"),
    Way(
      .adagrad(learningRate: 0.1, initialAccumulatorValue: 0.2, epsilon: 0),
      "tf1.train.AdagradOptimizer(0.1, 0.2)"),
    Way(.rmsProp(), "tf.keras.optimizers.RMSprop()"),
    Way(
      .rmsProp(learningRate: 0.01, rho: 0.8, momentum: 0.7, epsilon: 1e-3),
      "tf.keras.optimizers.RMSprop(0.01, 0.8, 0.7, 1e-3)"),
    Way(
      .rmsProp(learningRate: 0.01, momentum: 0.5, epsilon: 1e-3, centered: true),
      "tf.keras.optimizers.RMSprop(0.01, momentum=0.5, epsilon=1e-3, centered=True)"),
    Way(.adadelta(learningRate: 30), "tf.keras.optimizers.Adadelta(30.0)"),
    Way(
      .adadelta(learningRate: 1, rho: 0.9, epsilon: 1e-4),
      "tf1.train.AdadeltaOptimizer(1.0, 0.9, 1e-4)"),
    Way(.ftrl(), "tf.keras.optimizers.Ftrl()"),
    Way(
      .ftrl(
        learningRate: 0.5, learningRatePower: -0.6, initialAccumulatorValue: 0.2,
        l1RegularizationStrength: 0.01, l2RegularizationStrength: 0.02,
        l2ShrinkageRegularizationStrength: 0.03, beta: 0.1),
      "tf.keras.optimizers.Ftrl(0.5, -0.6, 0.2, 0.01, 0.02, 0.03, 0.1)"),
    Way(
      .ftrl(
        learningRate: 0.5, l1RegularizationStrength: 0.01, l2RegularizationStrength: 0.02,
        l2ShrinkageRegularizationStrength: 0.03),
      "tf1.train.FtrlOptimizer(0.5, -0.5, 0.1, 0.01, 0.02, "
        + "l2_shrinkage_regularization_strength=0.03)"),
    Way(.adamax(), "tf.keras.optimizers.Adamax()"),
    Way(
      .adamax(learningRate: 0.02, beta1: 0.8, beta2: 0.9, epsilon: 1e-3),
      "tf.keras.optimizers.Adamax(0.02, 0.8, 0.9, 1e-3)"),
    Way(.nadam(), "tf.keras.optimizers.Nadam()"),
    Way(
      .nadam(learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-3),
      "tf.keras.optimizers.Nadam(0.02, 0.8, 0.99, 1e-3)"),
  ]

  /// Learning rates that follow the steps, so that all parts of each come within twenty.
  private static let schedules: [Way] = [
    Way(schedule: "PiecewiseConstantDecay([4, 9], [0.2, 0.1, 0.05])") {
      piecewiseConstantDecay(boundaries: [4, 9], values: [0.2, 0.1, 0.05], step: $0)
    },
    Way(schedule: "ExponentialDecay(0.2, 7, 0.5)") {
      exponentialDecay(initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, step: $0)
    },
    Way(schedule: "ExponentialDecay(0.2, 7, 0.5, staircase=True)") {
      exponentialDecay(
        initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, staircase: true, step: $0)
    },
    Way(schedule: "InverseTimeDecay(0.2, 7, 0.5)") {
      inverseTimeDecay(initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, step: $0)
    },
    Way(schedule: "InverseTimeDecay(0.2, 7, 0.5, staircase=True)") {
      inverseTimeDecay(
        initialLearningRate: 0.2, decaySteps: 7, decayRate: 0.5, staircase: true, step: $0)
    },
    Way(schedule: "PolynomialDecay(0.2, 12, 0.01, 2.0)") {
      polynomialDecay(
        initialLearningRate: 0.2, decaySteps: 12, endLearningRate: 0.01, power: 2, step: $0)
    },
    Way(schedule: "PolynomialDecay(0.2, 6, cycle=True)") {
      polynomialDecay(initialLearningRate: 0.2, decaySteps: 6, cycle: true, step: $0)
    },
    Way(schedule: "CosineDecay(0.2, 15, 0.1)") {
      cosineDecay(initialLearningRate: 0.2, decaySteps: 15, alpha: 0.1, step: $0)
    },
    Way(schedule: "CosineDecay(0.02, 10, 0.1, warmup_target=0.2, warmup_steps=6)") {
      cosineDecay(
        initialLearningRate: 0.02, decaySteps: 10, alpha: 0.1, warmupTarget: 0.2, warmupSteps: 6,
        step: $0)
    },
    // The same by a warm-up in front of a schedule that begins later.
    Way(schedule: "CosineDecay(0.02, 10, 0.1, warmup_target=0.2, warmup_steps=6)") {
      linearWarmup(
        cosineDecay(
          initialLearningRate: 0.2, decaySteps: 10, alpha: 0.1,
          step: maximum(cast($0, to: .float64) - 6, 0)),
        initialLearningRate: 0.02, warmupSteps: 6, step: $0)
    },
    Way(schedule: "CosineDecayRestarts(0.2, 4, alpha=0.1)") {
      cosineDecayRestarts(initialLearningRate: 0.2, firstDecaySteps: 4, alpha: 0.1, step: $0)
    },
    Way(schedule: "CosineDecayRestarts(0.2, 5, t_mul=1.0, m_mul=0.8)") {
      cosineDecayRestarts(
        initialLearningRate: 0.2, firstDecaySteps: 5, stepMultiplier: 1, rateMultiplier: 0.8,
        step: $0)
    },
  ]

  /// What goes with an optimiser: limits of gradients, decay of weights, running averages.
  private static let companions: [Way] = [
    Way("tf.keras.optimizers.SGD(0.1, clipvalue=0.02)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .value(limit: 0.02))
    },
    Way("tf.keras.optimizers.SGD(0.1, clipnorm=0.3)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .localNorm(limit: 0.3))
    },
    Way("tf.keras.optimizers.SGD(0.1, global_clipnorm=0.5)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .globalNorm(limit: 0.5))
    },
    Way("tf.keras.optimizers.SGD(0.1, 0.9, weight_decay=0.2)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .momentum(learningRate: 0.1), weightDecay: .decoupled(rate: 0.2))
    },
    Way("tf.keras.optimizers.SGD(0.1)", averages: "tf1.train.ExponentialMovingAverage(0.9)") {
      loss, _ in
      try averaging(loss, updates: nil)
    },
    Way(
      "tf.keras.optimizers.SGD(0.1)",
      averages: "tf1.train.ExponentialMovingAverage(0.9, num_updates=updates)"
    ) { loss, step in try averaging(loss, updates: step) },
  ]

  private static func averaging(_ loss: Value, updates: Value?) throws {
    let graph = loss.graph
    let weights = try ["first/weights", "first/bias", "second/weights", "second/bias"].map {
      try #require(graph.node(named: $0)).output
    }
    let step = try graph.minimize(
      loss, by: .gradientDescent(learningRate: 0.1), step: updates, name: "step")
    _ = try graph.controlDependencies(on: [step]) {
      try graph.updateMovingAverages(of: weights, decay: 0.9, updates: updates, name: "train")
    }
  }

  private static let stepCount = 20

  /// A training step on mean((tanh(x·W + b)·V + c − y)²).
  private func network(_ way: Way, _ type: DataType) throws -> FrozenGraph {
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
    try way.minimize(loss, graph.variable("step", initialValue: Tensor(Int64(0))))
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
      for way in Self.optimizers + Self.schedules + Self.companions where way.types.contains(type) {
        cases.append(
          TrainingCase(
            label: "\(way.expression) in \(type)", graph: try network(way, type),
            batches: batches, tolerance: 1e-5, variableTolerance: 1e-5,
            optimizer: way.expression, averages: way.averages))
      }
    }
    try TrainingCase.compare(cases)
  }
}
