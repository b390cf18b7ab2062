import CPNG
import Tensors

extension Image {
  /// The picture of a PNG file, alpha laid onto white.
  static func png(_ bytes: [UInt8], _ limits: ImageLimits) throws -> Image {
    var header = png_image()
    header.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&header) }
    // libpng keeps the address until it has read all.
    return try bytes.withUnsafeBytes { memory in
      guard png_image_begin_read_from_memory(&header, memory.baseAddress, memory.count) != 0 else {
        throw header.problem
      }
      let (width, height) = (Int(header.width), Int(header.height))
      try check(width: width, height: height, limits)
      // Numbers of 16 bits are as bright as those of 8, not proportional to light.
      header.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
      let kept = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
      header.format &= kept
      let isColored = header.format & UInt32(PNG_FORMAT_FLAG_COLOR) != 0
      let hasAlpha = header.format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
      let channels = (isColored ? 3 : 1) + (hasAlpha ? 1 : 0)
      // Deflate makes at most 1,032 bytes of one, and a pixel may take a single bit.
      guard width * height / 8 / 1_032 <= bytes.count else {
        throw TensorError("PNG: the file is too short for \(width)×\(height) pixels")
      }
      let count = width * height * channels
      let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
        guard png_image_finish_read(&header, nil, buffer.baseAddress, 0, nil) != 0 else {
          throw header.problem
        }
        written = count
      }
      let image = try Image(width: width, height: height, channels: channels, pixels: pixels)
      return try image.withoutAlpha().turned(by: orientation(inPNG: bytes))
    }
  }

  /// The orientation that the chunk `eXIf` states, 1 without one.
  private static func orientation(inPNG bytes: [UInt8]) -> Int {
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let data = position + 8
      guard length <= bytes.count - data - 4 else { return 1 }
      if bytes[position + 4..<data].elementsEqual("eXIf".utf8) {
        return exifOrientation(Array("Exif\0\0".utf8) + bytes[data..<data + length])
      }
      position = data + length + 4
    }
    return 1
  }

  /// The picture with what is transparent laid onto white.
  func withoutAlpha() throws -> Image {
    guard channels == 2 || channels == 4 else { return self }
    let kept = channels - 1
    let count = width * height
    let result = [UInt8](unsafeUninitializedCapacity: count * kept) { buffer, written in
      for pixel in 0..<count {
        let alpha = Int(pixels[pixel * channels + kept])
        for channel in 0..<kept {
          let value = Int(pixels[pixel * channels + channel])
          buffer[pixel * kept + channel] = UInt8((value * alpha + 255 * (255 - alpha) + 127) / 255)
        }
      }
      written = count * kept
    }
    return try Image(width: width, height: height, channels: kept, pixels: result)
  }
}
