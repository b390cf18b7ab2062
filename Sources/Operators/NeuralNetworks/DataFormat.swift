import GraphIR

/// Where the axis of the channels stands.
public enum DataFormat: String, EnumeratedAttribute {
  /// Channels last: batch, height, width, channels.
  case nhwc = "NHWC"
  /// Channels second: batch, channels, height, width.
  case nchw = "NCHW"
}
