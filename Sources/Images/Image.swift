import Tensors

/// A picture of 8-bit pixels.
public struct Image: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Numbers of a pixel: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGB and alpha.
  public let channels: Int
  /// The pixels from the top row down, each row from left to right, channels last; sRGB, alpha not
  /// multiplied in.
  public let pixels: [UInt8]

  /// A picture of given pixels.
  ///
  /// - Throws: `TensorError` when there are not `width · height · channels` numbers, when a side is
  ///   below 1 or when there are no 1 to 4 channels.
  public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) throws {
    guard width > 0, height > 0, 1...4 ~= channels else {
      throw TensorError(
        "a picture has sides from 1 up and 1 to 4 channels, but \(width)×\(height)×\(channels) was"
          + " given")
    }
    let (row, tooWide) = width.multipliedReportingOverflow(by: channels)
    let (count, tooLarge) = row.multipliedReportingOverflow(by: height)
    guard !tooWide, !tooLarge, pixels.count == count else {
      throw TensorError(
        "a picture of \(width)×\(height)×\(channels) takes as many numbers, but \(pixels.count) were"
          + " given")
    }
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }
}
