import GraphIR
import Operators
import Tensors

/// Each example with mean 0 and variance 1 along an axis, then scaled and moved.
///
/// Weights: `gamma` and `beta`, of the size of the axis.
public struct LayerNormalization: Layer {
  public let identity: LayerIdentity
  private let axis: Int
  private let epsilon: Double
  private let center: Bool
  private let scale: Bool

  /// Layer normalization.
  ///
  /// - Parameters:
  ///   - axis: The axis to normalise along, a negative one counted from the end.
  ///   - epsilon: What is added to variances, so that none is 0.
  ///   - center: Whether `beta` is added.
  ///   - scale: Whether the result is multiplied by `gamma`.
  ///   - name: The name of the layer; `layer_normalization`, … without it.
  public init(
    axis: Int = -1, epsilon: Double = 0.001, center: Bool = true, scale: Bool = true,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.axis = axis
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    try inputs[0].requireFloatingPoint()
    let size = [try inputs[0].size(axis, "axis \(axis)")]
    return (scale ? [LayerWeight("gamma", size, .ones)] : [])
      + (center ? [LayerWeight("beta", size, .zeros)] : [])
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let x = inputs[0]
    let rank = x.shape.rank ?? 0
    let position = axis < 0 ? axis + rank : axis
    func along(_ vector: Value) -> Value {
      guard position < rank - 1 else { return vector }
      return reshape(vector, to: [-1] + [Int](repeating: 1, count: rank - 1 - position))
    }
    return layerNormalization(
      x, axes: [position], scale: scale ? along(call["gamma"]) : nil,
      offset: center ? along(call["beta"]) : nil, epsilon: epsilon)
  }
}
