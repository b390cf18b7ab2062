import CTurboJPEG
import Tensors

extension Image {
  /// The picture of a JPEG file, turned as EXIF says.
  static func jpeg(
    _ bytes: [UInt8], _ limits: ImageLimits, _ wanted: WantedSides
  ) throws -> Image {
    let facts = JPEGFacts(bytes)
    guard let decoder = tjInitDecompress() else { throw TensorError("JPEG: memory is short") }
    defer { tjDestroy(decoder) }
    var (width, height, sampling, colors): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(
        decoder, bytes, UInt(bytes.count), &width, &height, &sampling, &colors) == 0
    else { throw problem(decoder, facts) }
    guard width > 0, height > 0 else { throw problem(decoder, facts) }
    let isTurned = facts.orientation > 4
    var target = wanted(Int(isTurned ? height : width), Int(isTurned ? width : height))
    if isTurned { target = target.map { ($0.height, $0.width) } }
    let sides = try reduced(Int(width), Int(height), to: target, facts, limits)
    let format: TJPF
    switch UInt32(bitPattern: colors) {
    case TJCS_GRAY.rawValue: format = TJPF_GRAY
    case TJCS_CMYK.rawValue, TJCS_YCCK.rawValue: format = TJPF_CMYK
    default: format = TJPF_RGB
    }
    let channels = format == TJPF_GRAY ? 1 : format == TJPF_CMYK ? 4 : 3
    let count = sides.width * sides.height * channels
    let pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      let status = tjDecompress2(
        decoder, bytes, UInt(bytes.count), buffer.baseAddress, Int32(sides.width), 0,
        Int32(sides.height), Int32(format.rawValue), TJFLAG_ACCURATEDCT)
      if status != 0, !isHarmless(decoder) { throw problem(decoder, facts) }
      written = count
    }
    let image =
      format == TJPF_CMYK
      ? try Image(inverseCMYK: pixels, width: sides.width, height: sides.height)
      : try Image(width: sides.width, height: sides.height, channels: channels, pixels: pixels)
    return try image.turned(by: facts.orientation)
  }

  /// The sides to decode: the file's, or a half, a quarter or an eighth of a large picture's.
  private static func reduced(
    _ width: Int, _ height: Int, to target: (width: Int, height: Int)?, _ facts: JPEGFacts,
    _ limits: ImageLimits
  ) throws -> (width: Int, height: Int) {
    // A progressive picture is kept whole while it is decoded.
    if facts.isProgressive { try check(width: width, height: height, limits) }
    var result = (width: width, height: height)
    for divisor in [2, 4, 8] {
      let next = (
        width: (width + divisor - 1) / divisor, height: (height + divisor - 1) / divisor
      )
      guard let target, result.width * result.height > limits.reducedPixelCount,
        next.width >= target.width, next.height >= target.height
      else { break }
      result = next
    }
    do {
      try check(width: result.width, height: result.height, limits)
    } catch {
      try check(width: width, height: height, limits)
      throw error
    }
    return result
  }

  private static func problem(_ decoder: tjhandle, _ facts: JPEGFacts) -> TensorError {
    let text = message(decoder)
    if facts.endsEarly || text.contains("remature end") {
      return TensorError("JPEG: the file ends too early")
    }
    return TensorError("JPEG: \(text)")
  }

  /// Whether the pixels are all right nevertheless: cameras leave bytes between parts of a file.
  private static func isHarmless(_ decoder: tjhandle) -> Bool {
    tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue)
      && message(decoder).contains("extraneous bytes")
  }

  private static func message(_ handle: tjhandle) -> String {
    tjGetErrorStr2(handle).map { String(cString: $0) } ?? "the file is damaged"
  }

  /// The picture of inks as JPEG files hold them: 255 for none.
  private init(inverseCMYK inks: [UInt8], width: Int, height: Int) throws {
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    for pixel in 0..<width * height {
      let black = Int(inks[4 * pixel + 3])
      for channel in 0..<3 {
        pixels[3 * pixel + channel] = UInt8((Int(inks[4 * pixel + channel]) * black + 127) / 255)
      }
    }
    try self.init(width: width, height: height, channels: 3, pixels: pixels)
  }
}

/// What the segments of a JPEG file say beside its pixels.
struct JPEGFacts {
  /// As EXIF numbers them: 1 is upright.
  private(set) var orientation = 1
  /// Whether the pixels come in several passes.
  private(set) var isProgressive = false
  /// Whether the file ends before its pixels begin.
  private(set) var endsEarly = false

  init(_ bytes: [UInt8]) {
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      // Pixels follow, or the end.
      if marker == 0xD9 { return }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      endsEarly = end > bytes.count
      guard length >= 2, !endsEarly, marker != 0xDA else { return }
      if [0xC2, 0xC6, 0xCA, 0xCE].contains(marker) { isProgressive = true }
      if marker == 0xE1, bytes[(position + 4)..<end].starts(with: "Exif\0\0".utf8) {
        orientation = exifOrientation(Array(bytes[(position + 4)..<end]))
      }
      position = end
    }
    endsEarly = position + 4 > bytes.count
  }
}
