import StaticGraph

/// A way to train, with the one of TensorFlow's that it must agree with.
struct TrainingWay: Sendable {
  /// An optimiser of TensorFlow's as Python.
  var optimizer: String
  /// Moving averages of TensorFlow's as Python, which follow the weights.
  var averages: String?
  /// Moving averages of TensorFlow's as Python, which follow the loss.
  var lossAverages: String?
  /// A regularizer of Keras's as Python, for all weights but biases.
  var regularizer: String?
  /// The types to compare in.
  var types: [DataType] = [.float64]
  /// Appends the training step, called `train`.
  var minimize: @Sendable (_ loss: Value, _ step: Value) throws -> Void

  /// An optimiser alone.
  init(_ optimizer: Optimizer, _ expression: String) {
    self.init(expression, types: [.float64, .float32]) { loss, _ in
      _ = try loss.graph.minimize(loss, by: optimizer)
    }
  }

  /// An optimiser with whatever goes with it.
  init(
    _ optimizer: String, averages: String? = nil, lossAverages: String? = nil,
    regularizer: String? = nil, types: [DataType] = [.float64],
    minimize: @escaping @Sendable (_ loss: Value, _ step: Value) throws -> Void
  ) {
    (self.optimizer, self.averages, self.lossAverages) = (optimizer, averages, lossAverages)
    (self.regularizer, self.types, self.minimize) = (regularizer, types, minimize)
  }

  /// Gradient descent by a schedule of Keras's.
  init(schedule: String, _ rate: @escaping @Sendable (_ step: Value) -> Value) {
    self.init("tf.keras.optimizers.SGD(tf.keras.optimizers.schedules.\(schedule))") { loss, step in
      _ = try loss.graph.minimize(
        loss, by: .gradientDescent(learningRate: .value(rate(step))), step: step)
    }
  }

  /// What else is of interest in the label of a case.
  var label: String {
    ([optimizer] + [regularizer, averages, lossAverages].compactMap(\.self))
      .joined(separator: " with ")
  }
}
