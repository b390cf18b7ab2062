import CTurboJPEG
import Tensors

extension Image {
  /// The picture as a JPEG file's bytes, alpha laid onto white.
  ///
  /// - Parameter quality: From 1, the smallest file, to 100.
  /// - Throws: `TensorError` when a side is longer than a JPEG file can say, or memory is short.
  public func jpegBytes(quality: Int = 92) throws -> [UInt8] {
    let image = try withoutAlpha()
    guard image.width <= 65_500, image.height <= 65_500 else {
      throw TensorError("\(width)×\(height) pixels are more than a JPEG file can hold")
    }
    guard let encoder = tjInitCompress() else { throw TensorError("JPEG: memory is short") }
    defer { tjDestroy(encoder) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer { tjFree(bytes) }
    let isGrey = image.channels == 1
    let status = tjCompress2(
      encoder, image.pixels, Int32(image.width), 0, Int32(image.height),
      Int32((isGrey ? TJPF_GRAY : TJPF_RGB).rawValue), &bytes, &count,
      Int32((isGrey ? TJSAMP_GRAY : TJSAMP_420).rawValue), Int32(min(100, max(1, quality))),
      TJFLAG_ACCURATEDCT)
    guard status == 0, let bytes else {
      throw TensorError("JPEG: \(tjGetErrorStr2(encoder).map { String(cString: $0) } ?? "failed")")
    }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  /// Writes the picture as a JPEG file, atomically.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - quality: From 1, the smallest file, to 100.
  /// - Throws: `TensorError` with the path and the system's reason; the path is then untouched.
  public func writeJPEG(to path: String, quality: Int = 92) throws {
    try writeFileAtomically(path, bytes: jpegBytes(quality: quality))
  }

  /// Whether `write` knows what a path's ending means: `.png`, `.jpg` or `.jpeg`.
  public static func canWrite(_ path: String) -> Bool {
    let path = path.lowercased()
    return [".png", ".jpg", ".jpeg"].contains { path.hasSuffix($0) }
  }

  /// Writes the picture as the path's ending says, PNG or JPEG, atomically.
  ///
  /// - Throws: `TensorError` for another ending, or with the system's reason; the path is then
  ///   untouched.
  public func write(to path: String) throws {
    guard Self.canWrite(path) else {
      throw TensorError("'\(path)': pictures are written as .png, .jpg or .jpeg")
    }
    try path.lowercased().hasSuffix(".png") ? writePNG(to: path) : writeJPEG(to: path)
  }
}
