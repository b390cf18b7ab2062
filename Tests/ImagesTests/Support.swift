import Images
import Tensors

/// PNG files of any kind, made without libpng.
struct PNGFile {
  var width: Int
  var height: Int
  var depth = 8
  /// As the format numbers them: 0 grey, 2 colours, 3 palette, 4 grey with alpha, 6 with alpha.
  var kind = 2
  /// The bytes of each row, without the filter's.
  var rows: [[UInt8]]
  /// Further chunks before the pixels.
  var chunks: [(name: String, data: [UInt8])] = []

  var bytes: [UInt8] {
    var result: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]
    result += Self.chunk(
      "IHDR", Self.word(width) + Self.word(height) + [UInt8(depth), UInt8(kind), 0, 0, 0])
    for chunk in chunks { result += Self.chunk(chunk.name, chunk.data) }
    var raw: [UInt8] = []
    for row in rows { raw += [0] + row }
    var data: [UInt8] = [0x78, 1]
    // One stored block takes 65,535 bytes.
    for start in stride(from: 0, to: raw.count, by: 65_535) {
      let part = raw[start..<min(raw.count, start + 65_535)]
      let isLast: UInt8 = start + part.count == raw.count ? 1 : 0
      let low = UInt8(part.count & 0xFF)
      let high = UInt8(part.count >> 8)
      data += [isLast, low, high, ~low, ~high]
      data += part
    }
    var (a, b) = (1, 0)
    for byte in raw {
      a = (a + Int(byte)) % 65_521
      b = (b + a) % 65_521
    }
    data += Self.word(b << 16 | a)
    return result + Self.chunk("IDAT", data) + Self.chunk("IEND", [])
  }

  static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return word(data.count) + body + word(Int(~crc))
  }

  static func word(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}

/// An EXIF block that states an orientation.
func exifBlock(orientation: UInt8) -> [UInt8] {
  [
    0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0,
    0, 0,
  ]
}

/// A JPEG file with an EXIF block after its beginning.
func withEXIF(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
  let block = Array("Exif\0\0".utf8) + exifBlock(orientation: orientation)
  let head: [UInt8] = [0xFF, 0xE1, 0, UInt8(block.count + 2)]
  return Array(jpeg[..<2]) + head + block + Array(jpeg[2...])
}

/// What an expression throws, as text.
func told<Result>(_ body: () throws -> Result) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return "\(error)"
  }
}
