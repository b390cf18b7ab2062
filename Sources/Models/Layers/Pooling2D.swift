import GraphIR
import Operators
import Tensors

/// The largest element of each window on an image, channel by channel.
///
/// Inputs are batch, height, width, channels.
public struct MaxPooling2D: Layer {
  public let identity: LayerIdentity
  private let poolSize: PerAxis
  private let strides: PerAxis?
  private let padding: Padding

  /// Max pooling.
  ///
  /// - Parameters:
  ///   - poolSize: The size of a window: one number, or height and width.
  ///   - strides: The steps from window to window; the size of a window without it.
  ///   - padding: Whether windows may lie beyond the border.
  ///   - name: The name of the layer; `max_pooling2d`, … without it.
  public init(
    poolSize: PerAxis = 2, strides: PerAxis? = nil, padding: Padding = .valid,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.poolSize = poolSize
    self.strides = strides
    self.padding = padding
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try requireUsual(padding)
    try inputs[0].type.require(rank: 4, "batch, height, width, channels")
    return maxPool(inputs[0], size: poolSize, strides: strides ?? poolSize, padding: padding)
  }
}

/// The mean of each window on an image, channel by channel.
///
/// Inputs are batch, height, width, channels.
public struct AveragePooling2D: Layer {
  public let identity: LayerIdentity
  private let poolSize: PerAxis
  private let strides: PerAxis?
  private let padding: Padding

  /// Average pooling.
  ///
  /// - Parameters:
  ///   - poolSize: The size of a window: one number, or height and width.
  ///   - strides: The steps from window to window; the size of a window without it.
  ///   - padding: Whether windows may lie beyond the border; what lies there does not count.
  ///   - name: The name of the layer; `average_pooling2d`, … without it.
  public init(
    poolSize: PerAxis = 2, strides: PerAxis? = nil, padding: Padding = .valid,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.poolSize = poolSize
    self.strides = strides
    self.padding = padding
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try requireUsual(padding)
    try inputs[0].type.require(rank: 4, "batch, height, width, channels")
    return avgPool(inputs[0], size: poolSize, strides: strides ?? poolSize, padding: padding)
  }
}

/// The mean of each channel of an image.
public struct GlobalAveragePooling2D: Layer {
  public let identity: LayerIdentity
  private let keepDimensions: Bool

  /// The mean over height and width.
  ///
  /// - Parameter keepDimensions: Whether height and width stay, with size 1.
  public init(
    keepDimensions: Bool = false, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.keepDimensions = keepDimensions
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try inputs[0].type.require(rank: 4, "batch, height, width, channels")
    return mean(inputs[0], axes: [1, 2], keepDimensions: keepDimensions)
  }
}

/// The largest element of each channel of an image.
public struct GlobalMaxPooling2D: Layer {
  public let identity: LayerIdentity
  private let keepDimensions: Bool

  /// The largest element over height and width.
  ///
  /// - Parameter keepDimensions: Whether height and width stay, with size 1.
  public init(
    keepDimensions: Bool = false, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.keepDimensions = keepDimensions
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try inputs[0].type.require(rank: 4, "batch, height, width, channels")
    return max(inputs[0], axes: [1, 2], keepDimensions: keepDimensions)
  }
}
