import Tensors

/// What a picture may ask for.
public struct ImageLimits: Sendable {
  /// The most bytes of a file.
  public var byteCount = 1 << 28
  /// The most pixels that are decoded.
  public var pixelCount = 1 << 27
  /// From how many pixels on a JPEG picture is decoded at a half, a quarter or an eighth of its
  /// size, where that is still larger than what is asked for.
  public var reducedPixelCount = 1 << 24

  /// The usual limits: 256 MiB, 134 million pixels.
  public init() {}
}

extension Image {
  /// The sides that a picture is to have in the end, given those that it has.
  package typealias WantedSides = (_ width: Int, _ height: Int) -> (width: Int, height: Int)?

  /// The picture that a PNG or JPEG file holds.
  ///
  /// What the file is decides its content, not its name. The picture is turned as EXIF says. It has
  /// 1 channel where it is grey, 3 otherwise: transparent parts are laid onto white. 16-bit numbers
  /// are rounded to 8 bits, palettes resolved, CMYK converted without a profile.
  ///
  /// - Throws: `TensorError` with the path when the file cannot be read, is damaged, ends too early
  ///   or is of another kind, or when the picture is larger than the limits. These are checked
  ///   before memory is taken.
  public init(contentsOf path: String, limits: ImageLimits = ImageLimits()) throws {
    try self.init(contentsOf: path, limits: limits, wanted: { _, _ in nil })
  }

  /// The picture that the bytes of a PNG or JPEG file hold.
  public init(bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws {
    try self.init(bytes: bytes, limits: limits, wanted: { _, _ in nil })
  }

  /// The picture of a file, perhaps smaller than there where less is wanted.
  package init(
    contentsOf path: String, limits: ImageLimits = ImageLimits(), wanted: WantedSides
  ) throws {
    let bytes = try readFile(path, limit: limits.byteCount)
    do {
      try self.init(bytes: bytes, limits: limits, wanted: wanted)
    } catch let error as TensorError {
      throw TensorError("'\(path)': \(error)")
    }
  }

  init(bytes: [UInt8], limits: ImageLimits, wanted: WantedSides) throws {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      self = try Self.png(bytes, limits)
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      self = try Self.jpeg(bytes, limits, wanted)
    } else {
      throw TensorError(Self.foreign(bytes))
    }
  }

  /// Checks sides before memory is taken.
  static func check(width: Int, height: Int, _ limits: ImageLimits) throws {
    guard width > 0, height > 0 else { throw TensorError("the picture has no pixels") }
    let (count, isTooLarge) = width.multipliedReportingOverflow(by: height)
    guard !isTooLarge, count <= limits.pixelCount else {
      throw TensorError(
        "the picture has \(width)×\(height) pixels; the limit is \(limits.pixelCount) of them")
    }
  }

  /// What a file is that is neither PNG nor JPEG.
  private static func foreign(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "the file is empty" }
    let kinds: [(String, Int, [UInt8])] = [
      ("GIF", 0, Array("GIF8".utf8)), ("BMP", 0, Array("BM".utf8)),
      ("WebP", 8, Array("WEBP".utf8)), ("TIFF", 0, [0x49, 0x49, 0x2A, 0]),
      ("TIFF", 0, [0x4D, 0x4D, 0, 0x2A]), ("HEIF or AVIF", 4, Array("ftyp".utf8)),
      ("PDF", 0, Array("%PDF".utf8)),
    ]
    if let kind = kinds.first(where: { bytes.dropFirst($0.1).starts(with: $0.2) }) {
      return "this is a \(kind.0) file; pictures are read from PNG and JPEG files"
    }
    let isText = bytes.prefix(64).allSatisfy { $0 >= 0x20 && $0 < 0x7F || 9...13 ~= $0 }
    guard isText else { return "this is neither a PNG nor a JPEG file" }
    let start = String(decoding: bytes.prefix(20), as: UTF8.self)
      .map { $0.isNewline ? " " : String($0) }.joined()
    return "this is neither a PNG nor a JPEG file, but text that begins with '\(start)'"
  }
}
