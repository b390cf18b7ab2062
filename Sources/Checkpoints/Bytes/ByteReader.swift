import Tensors

/// Reads bytes of a file in order; every failure names the file and the byte.
struct ByteReader {
  /// The bytes of the file from `origin` on, of which those up to `end` may be read.
  let bytes: [UInt8]
  let file: String
  private let origin: Int
  private(set) var position: Int
  let end: Int

  /// A reader of bytes that stand at `origin` in the file.
  init(_ bytes: [UInt8], file: String, origin: Int = 0) {
    self.bytes = bytes
    self.file = file
    self.origin = origin
    position = 0
    end = bytes.count
  }

  private init(_ whole: ByteReader, _ range: Range<Int>) {
    bytes = whole.bytes
    file = whole.file
    origin = whole.origin
    position = range.lowerBound
    end = range.upperBound
  }

  /// A reader of a part of the bytes.
  func part(_ range: Range<Int>) -> ByteReader { ByteReader(self, range) }

  var isAtEnd: Bool { position >= end }
  var remaining: Int { end - position }

  /// An error at a place in `bytes`, by default at the next byte.
  func failure(_ message: String, at place: Int? = nil) -> TensorError {
    TensorError("'\(file)' at byte \(origin + (place ?? position)): \(message)")
  }

  /// The place of the next `count` bytes, which are skipped.
  mutating func take(_ count: Int, _ what: String) throws -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw failure("\(what) takes \(count) bytes, but \(remaining) are left")
    }
    defer { position += count }
    return position..<position + count
  }

  /// A number of seven bits a byte, the lowest first, of at most 64 bits.
  mutating func varint(_ what: String) throws -> UInt64 {
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw failure("expected \(what), but the number does not end", at: start)
  }

  /// A varint that counts bytes or elements.
  mutating func count(_ what: String) throws -> Int {
    let start = position
    let number = try varint(what)
    guard let result = Int(exactly: number) else {
      throw failure("\(what) is \(number), which is too large", at: start)
    }
    return result
  }

  /// A number of all its bytes, the lowest first.
  mutating func fixed<Number: FixedWidthInteger & UnsignedInteger>(
    _ what: String, as type: Number.Type = Number.self
  ) throws -> Number {
    let range = try take(Number.bitWidth / 8, what)
    return bytes[range].reversed().reduce(0) { $0 << 8 | Number($1) }
  }

  /// Text of `count` bytes.
  mutating func text(_ count: Int, _ what: String) throws -> String {
    let range = try take(count, what)
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw failure("\(what) is not UTF-8", at: range.lowerBound)
    }
    return text
  }
}

extension [UInt8] {
  /// Appends a number of seven bits a byte, the lowest first.
  mutating func append(varint number: some BinaryInteger) {
    var rest = UInt64(truncatingIfNeeded: number)
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends all bytes of a number, the lowest first.
  mutating func append(fixed number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
