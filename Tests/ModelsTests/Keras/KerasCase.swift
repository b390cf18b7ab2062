import StaticGraph

/// A model that `Tools/tensorflow/keras_models.py` has under the same name.
struct KerasCase: Sendable {
  var name: String
  var make: @Sendable () throws -> Model
  var loss: Loss
  var optimizer: Optimizer
  var metrics: [Metric]

  init(
    _ name: String, loss: Loss = .meanSquaredError,
    optimizer: Optimizer = .gradientDescent(learningRate: 0.05), metrics: [Metric] = [],
    _ make: @escaping @Sendable () throws -> Model
  ) {
    self.name = name
    self.make = make
    self.loss = loss
    self.optimizer = optimizer
    self.metrics = metrics
  }

  /// A chain of layers on examples of that shape.
  init(
    _ name: String, _ shape: Shape, loss: Loss = .meanSquaredError,
    optimizer: Optimizer = .gradientDescent(learningRate: 0.05), metrics: [Metric] = [],
    @LayerBuilder _ layers: @escaping @Sendable () -> LayerList
  ) {
    self.init(name, loss: loss, optimizer: optimizer, metrics: metrics) {
      let list = layers()
      return Sequential(seed: 1) {
        Input(shape: shape)
        list
      }
    }
  }

  /// Layers, and behind them a dense one with two outputs.
  static func head(
    _ name: String, _ shape: Shape, @LayerBuilder _ layers: @escaping @Sendable () -> LayerList
  ) -> KerasCase {
    KerasCase(name, shape) {
      layers()
      Flatten()
      Dense(2)
    }
  }

  static let image: Shape = [9, 8, 4]
  static let vector: Shape = [6]
  static let sequence: Shape = [5, 3]
  static let adam = Optimizer.adam(learningRate: 0.01, epsilon: 1e-7)
}
