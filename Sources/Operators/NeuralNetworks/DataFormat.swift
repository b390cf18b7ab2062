import GraphIR
import Tensors

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

  /// Throws where an input has an axis too few, as TensorFlow sees it: a batch and channels, and
  /// something behind the channels where these stand second.
  func requireRank(_ request: ShapeRequest, named name: String) throws {
    let least = self == .nhwc ? 2 : 3
    if let rank = request.shape(0).rank, rank < least {
      throw ShapeError("\(name) must have at least rank \(least), but it is \(request.inputs[0])")
    }
  }
}
