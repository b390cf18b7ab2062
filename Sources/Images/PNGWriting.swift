import CPNG
import Tensors

extension Image {
  /// The picture as a PNG file's bytes.
  ///
  /// - Throws: `TensorError` when a side is longer than a PNG file can say, or memory is short.
  public func pngBytes() throws -> [UInt8] {
    guard let width = UInt32(exactly: width), let height = UInt32(exactly: height) else {
      throw TensorError("\(self.width)×\(self.height) pixels are more than a PNG file can hold")
    }
    var header = png_image()
    header.version = UInt32(PNG_IMAGE_VERSION)
    header.width = width
    header.height = height
    header.format = Self.pngFormats[channels - 1]
    defer { png_image_free(&header) }
    var size = 0
    // Without memory, the size is computed alone.
    guard png_image_write_to_memory(&header, nil, &size, 0, pixels, 0, nil) != 0 else {
      throw header.problem
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard png_image_write_to_memory(&header, &bytes, &size, 0, pixels, 0, nil) != 0 else {
      throw header.problem
    }
    bytes.removeSubrange(size...)
    return bytes
  }

  /// Writes the picture as a PNG file, atomically.
  ///
  /// - Throws: `TensorError` with the path and the system's reason; the path is then untouched.
  public func writePNG(to path: String) throws {
    try writeFileAtomically(path, bytes: pngBytes())
  }

  /// libpng's formats for 1 to 4 channels.
  static let pngFormats: [UInt32] = [
    0, UInt32(PNG_FORMAT_FLAG_ALPHA), UInt32(PNG_FORMAT_FLAG_COLOR),
    UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA),
  ]
}

extension png_image {
  /// What libpng says went wrong.
  var problem: TensorError {
    let text = withUnsafeBytes(of: message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return TensorError("PNG: \(text)")
  }
}
