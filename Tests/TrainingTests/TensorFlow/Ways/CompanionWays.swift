import StaticGraph

extension TrainingWay {
  /// What goes with an optimiser: limits of gradients, decay of weights, running averages.
  static let companions: [TrainingWay] = [
    TrainingWay("tf.keras.optimizers.SGD(0.1, clipvalue=0.02)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .value(limit: 0.02))
    },
    TrainingWay("tf.keras.optimizers.SGD(0.1, clipnorm=0.3)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .localNorm(limit: 0.3))
    },
    TrainingWay("tf.keras.optimizers.SGD(0.1, global_clipnorm=0.5)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .globalNorm(limit: 0.5))
    },
    TrainingWay("tf.keras.optimizers.SGD(0.1, 0.9, weight_decay=0.25)") { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .momentum(learningRate: 0.1), weightDecay: .decoupled(rate: 0.25))
    },
    TrainingWay(
      "sparing_biases(tf.keras.optimizers.Adam(2**-6, 0.75, 0.9375, 2**-13, weight_decay=0.25))"
    ) { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: kerasAdam,
        weightDecay: .decoupled(rate: 0.25, excluding: try variables(of: loss, ending: "bias")))
    },
    TrainingWay(
      "tf.keras.optimizers.Adam(2**-6, 0.75, 0.9375, 2**-13)",
      regularizer: "tf.keras.regularizers.L2(2**-6)"
    ) { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: kerasAdam,
        weightDecay: .l2(strength: 0x1p-6, excluding: try variables(of: loss, ending: "bias")))
    },
    TrainingWay(
      "tf.keras.optimizers.SGD(0.1, global_clipnorm=0.5)",
      regularizer: "tf.keras.regularizers.L2(2**-6)"
    ) { loss, _ in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: 0.1), clipping: .globalNorm(limit: 0.5),
        weightDecay: .l2(strength: 0x1p-6, excluding: try variables(of: loss, ending: "bias")))
    },
    TrainingWay(
      "tf.keras.optimizers.SGD(0.1)", averages: "tf1.train.ExponentialMovingAverage(0.9)"
    ) { loss, _ in try averagingWeights(loss, updates: nil) },
    TrainingWay(
      "tf.keras.optimizers.SGD(0.1)",
      averages: "tf1.train.ExponentialMovingAverage(0.9, num_updates=updates)"
    ) { loss, step in try averagingWeights(loss, updates: step) },
    TrainingWay(
      "tf.keras.optimizers.SGD(0.1)", lossAverages: "tf1.train.ExponentialMovingAverage(0.9)"
    ) { loss, _ in try averagingLoss(loss, zeroDebias: false) },
    TrainingWay(
      "tf.keras.optimizers.SGD(0.1)",
      lossAverages: "tf1.train.ExponentialMovingAverage(0.9, zero_debias=True)"
    ) { loss, _ in try averagingLoss(loss, zeroDebias: true) },
  ]

  private static let kerasAdam = Optimizer.adam(
    learningRate: 0x1p-6, beta1: 0.75, beta2: 0.9375, epsilon: 0x1p-13)

  /// The weights of the network, or a kind of them.
  private static func variables(of loss: Value, ending: String? = nil) throws -> [Value] {
    let endings = ending.map { [$0] } ?? ["weights", "bias"]
    return try loss.graph.frozen().nodes.filter(\.isVariable).map(\.name)
      .filter { name in endings.contains { name.hasSuffix("/\($0)") } }
      .compactMap { loss.graph.node(named: $0)?.output }
  }

  private static func averagingWeights(_ loss: Value, updates: Value?) throws {
    let graph = loss.graph
    let weights = try variables(of: loss)
    let step = try graph.minimize(
      loss, by: .gradientDescent(learningRate: 0.1), step: updates, name: "step")
    _ = try graph.controlDependencies(on: [step]) {
      try graph.updateMovingAverages(of: weights, decay: 0.9, updates: updates, name: "train")
    }
  }

  private static func averagingLoss(_ loss: Value, zeroDebias: Bool) throws {
    let graph = loss.graph
    let step = try graph.minimize(
      loss, by: .gradientDescent(learningRate: 0.1), name: "step")
    _ = try graph.controlDependencies(on: [step]) {
      try graph.updateMovingAverages(
        of: [loss], decay: 0.9, zeroDebias: zeroDebias, name: "train")
    }
  }
}
