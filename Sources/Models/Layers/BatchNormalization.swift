import GraphIR
import Operators
import Tensors

/// Each channel with mean 0 and variance 1, then scaled and moved.
///
/// In training, mean and variance are those of the batch, and moving averages follow them; for
/// predictions they are the moving averages, and in a frozen layer always. Weights: `gamma`,
/// `beta`, `moving_mean`, `moving_variance`, each of the size of the axis.
public struct BatchNormalization: Layer {
  public let identity: LayerIdentity
  private let axis: Int
  private let momentum: Double
  private let epsilon: Double
  private let center: Bool
  private let scale: Bool

  public var differsInTraining: Bool { true }

  /// Batch normalization.
  ///
  /// - Parameters:
  ///   - axis: The axis of the channels, a negative one counted from the end.
  ///   - momentum: The part that stays of the moving averages in each step.
  ///   - epsilon: What is added to variances, so that none is 0.
  ///   - center: Whether `beta` is added.
  ///   - scale: Whether the result is multiplied by `gamma`.
  ///   - name: The name of the layer; `batch_normalization`, … without it.
  public init(
    axis: Int = -1, momentum: Double = 0.99, epsilon: Double = 0.001, center: Bool = true,
    scale: Bool = true, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.axis = axis
    self.momentum = momentum
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try inputs[0].requireFloatingPoint()
    let size = [try inputs[0].size(axis, "axis \(axis)")]
    var weights: [LayerWeight] = []
    if scale { weights.append(LayerWeight("gamma", size, .ones)) }
    if center { weights.append(LayerWeight("beta", size, .zeros)) }
    return weights + [
      LayerWeight("moving_mean", size, .zeros, isTrainable: false),
      LayerWeight("moving_variance", size, .ones, isTrainable: false),
    ]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let x = inputs[0]
    let rank = x.shape.rank ?? 0
    let position = axis < 0 ? axis + rank : axis
    guard position > 0, position < rank else {
      throw ShapeError("axis \(axis) must not be that of the batch")
    }
    guard call.isTraining, !call.isFrozen else {
      return normalized(x, position, call["moving_mean"], call["moving_variance"], call)
    }
    if rank == 4, position == 3 {
      return fused(x, call)
    }
    let axes = (0..<rank).filter { $0 != position }
    let (mean, variance) = moments(x, axes: axes)
    follow(mean, variance, call)
    return normalized(x, position, mean, variance, call)
  }

  private func follow(_ mean: Value, _ variance: Value, _ call: LayerCall) {
    for (name, value) in [("moving_mean", mean), ("moving_variance", variance)] {
      call.update(name, to: call[name] * momentum + value * (1 - momentum))
    }
  }

  /// (x − mean) / √(variance + epsilon) · gamma + beta.
  private func normalized(
    _ x: Value, _ position: Int, _ mean: Value, _ variance: Value, _ call: LayerCall
  ) -> Value {
    let rank = x.shape.rank ?? 0
    func along(_ vector: Value) -> Value {
      guard position < rank - 1 else { return vector }
      return reshape(vector, to: [-1] + [Int](repeating: 1, count: rank - 1 - position))
    }
    var factor = rsqrt(variance + epsilon)
    if scale { factor = factor * call["gamma"] }
    var summand = -mean * factor
    if center { summand = summand + call["beta"] }
    return x * along(factor) + along(summand)
  }

  /// Images whose channels come last have an operator of their own.
  private func fused(_ x: Value, _ call: LayerCall) -> Value {
    let channels = call["moving_mean"]
    let result = fusedBatchNorm(
      x, scale: scale ? call["gamma"] : onesLike(channels),
      offset: center ? call["beta"] : zerosLike(channels), epsilon: Float(epsilon))
    // The operator divides by one less than the number of elements, the moving average by all.
    let count = cast(size(x), to: x.dataType) / cast(size(channels), to: x.dataType)
    follow(result.batchMean, result.batchVariance * ((count - 1) / count), call)
    return result.y
  }
}
