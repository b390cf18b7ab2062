import GraphIR
import Tensors

/// Mathematics on images and on numbers for each of their channels.
struct ChannelMath {
  private let images: Value
  private let dataFormat: DataFormat
  /// The number of elements of a channel, at least 1, as a scalar of the images' type.
  let count: Value

  /// - Parameter channels: A vector with a number for each channel.
  init(_ images: Value, _ channels: Value, _ dataFormat: DataFormat) {
    self.images = images
    self.dataFormat = dataFormat
    let others = (0..<4).filter { $0 != dataFormat.channelAxis(rank: 4) }
    let known = others.compactMap { images.shape[$0] }
    if known.count == 3, let count = Shape.elementCount(of: known) {
      self.count = images.scalar(Double(max(1, count)), origin: .unknown)
    } else {
      let type = images.dataType
      let elements = cast(size(images, type: .int64), to: type)
      let ones = maximum(cast(size(channels, type: .int64), to: type), 1.0)
      count = maximum(elements / ones, 1.0)
    }
  }

  /// What makes the variance of a sample one of what it was taken from: N / (N − 1).
  var correction: Value { count / maximum(count - 1.0, 1.0) }

  /// A number for each channel, of a shape that broadcasts with images.
  func spread(_ channels: Value) -> Value {
    dataFormat == .nhwc ? channels : reshape(channels, to: [-1, 1, 1])
  }

  /// Images that hold the number of their channel.
  func image(_ channels: Value) -> Value {
    broadcast(spread(channels), to: shapeTensor(images))
  }

  /// The sum over each channel.
  func total(_ images: Value) -> Value {
    sum(images, axes: (0..<4).filter { $0 != dataFormat.channelAxis(rank: 4) })
  }

  /// The mean over each channel.
  func mean(_ images: Value) -> Value { total(images) / count }
}
