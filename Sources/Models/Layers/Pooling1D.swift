import GraphIR
import Operators
import Tensors

/// The largest element of each window on a sequence, channel by channel.
///
/// Inputs are batch, length, channels.
public struct MaxPooling1D: Layer {
  public let identity: LayerIdentity
  private let windows: SequenceWindows

  /// Max pooling.
  ///
  /// - Parameters:
  ///   - poolSize: The length of a window.
  ///   - strides: The steps from window to window; the length of a window without it.
  ///   - padding: Whether windows may lie beyond the ends.
  ///   - name: The name of the layer; `max_pooling1d`, … without it.
  public init(
    poolSize: Int = 2, strides: Int? = nil, padding: Padding = .valid, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    windows = SequenceWindows(size: poolSize, strides: strides ?? poolSize, padding: padding)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try windows.pooled(inputs[0]) {
      maxPool($0, size: $1.size, strides: $1.strides, padding: $1.padding)
    }
  }
}

/// The mean of each window on a sequence, channel by channel.
///
/// Inputs are batch, length, channels.
public struct AveragePooling1D: Layer {
  public let identity: LayerIdentity
  private let windows: SequenceWindows

  /// Average pooling.
  ///
  /// - Parameters:
  ///   - poolSize: The length of a window.
  ///   - strides: The steps from window to window; the length of a window without it.
  ///   - padding: Whether windows may lie beyond the ends; what lies there does not count.
  ///   - name: The name of the layer; `average_pooling1d`, … without it.
  public init(
    poolSize: Int, strides: Int? = nil, padding: Padding = .valid, name: String? = nil,
    fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    windows = SequenceWindows(size: poolSize, strides: strides ?? poolSize, padding: padding)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try windows.pooled(inputs[0]) {
      avgPool($0, size: $1.size, strides: $1.strides, padding: $1.padding)
    }
  }
}

/// The mean of each channel of a sequence.
public struct GlobalAveragePooling1D: Layer {
  public let identity: LayerIdentity
  private let keepDimensions: Bool

  /// The mean over the length.
  ///
  /// - Parameter keepDimensions: Whether the length stays, with size 1.
  public init(
    keepDimensions: Bool = false, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.keepDimensions = keepDimensions
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try inputs[0].type.require(rank: 3, "batch, length, channels")
    return mean(inputs[0], axes: [1], keepDimensions: keepDimensions)
  }
}

/// The largest element of each channel of a sequence.
public struct GlobalMaxPooling1D: Layer {
  public let identity: LayerIdentity
  private let keepDimensions: Bool

  /// The largest element over the length.
  ///
  /// - Parameter keepDimensions: Whether the length stays, with size 1.
  public init(
    keepDimensions: Bool = false, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.keepDimensions = keepDimensions
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try inputs[0].type.require(rank: 3, "batch, length, channels")
    return max(inputs[0], axes: [1], keepDimensions: keepDimensions)
  }
}

/// Windows on a sequence, which are those on an image of one column.
private struct SequenceWindows {
  let size: Int
  let strides: Int
  let padding: Padding

  typealias OnImages = (size: PerAxis, strides: PerAxis, padding: Padding)

  func pooled(_ input: Value, _ pool: (Value, OnImages) -> Value) throws -> Value {
    try requireUsual(padding, suggestion: nil)
    try requirePositive(size, "poolSize")
    try requirePositive(strides, "strides")
    try input.type.require(rank: 3, "batch, length, channels")
    let column = expandDimensions(input, axis: 2)
    return squeeze(pool(column, ([size, 1], [strides, 1], padding)), axes: [2])
  }
}
