import GraphIR

/// Where the axis of the channels stands.
public enum DataFormat: String, EnumeratedAttribute {
  /// Channels last: batch, height, width, channels.
  case nhwc = "NHWC"
  /// Channels second: batch, channels, height, width.
  case nchw = "NCHW"
}

extension DataFormat {
  /// The position of the axis of the channels.
  func channelAxis(rank: Int) -> Int { self == .nhwc ? rank - 1 : 1 }
}
