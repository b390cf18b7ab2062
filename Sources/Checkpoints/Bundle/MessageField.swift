import Tensors

/// One field of a protocol buffer.
///
/// The index of a checkpoint has two small messages, which do not nest in themselves; they are read
/// here in one pass, with the byte in the file for every failure.
struct MessageField {
  enum Content {
    case varint(UInt64)
    case fixed32(UInt32)
    case fixed64
    case bytes(ByteReader)
  }

  let number: Int
  let content: Content
  private let place: Int
  private let message: ByteReader

  /// The next field of a message that `reader` stands in; `nil` at its end.
  init?(_ reader: inout ByteReader) throws {
    guard !reader.isAtEnd else { return nil }
    place = reader.position
    message = reader
    let tag = try reader.varint("the tag of a field")
    number = Int(tag >> 3)
    guard number > 0, number < 1 << 29 else {
      throw reader.failure("a field has the number \(number), which cannot be", at: place)
    }
    switch tag & 7 {
    case 0: content = .varint(try reader.varint("field \(number)"))
    case 1:
      _ = try reader.take(8, "field \(number)")
      content = .fixed64
    case 2:
      let length = try reader.count("the length of field \(number)")
      content = .bytes(reader.part(try reader.take(length, "field \(number)")))
    case 5: content = .fixed32(try reader.fixed("field \(number)"))
    case let kind:
      throw reader.failure("field \(number) is of wire type \(kind), which is not known", at: place)
    }
  }

  /// The content as an integer.
  func integer(_ what: String) throws -> Int {
    guard case .varint(let bits) = content else { throw failure("\(what) is no integer") }
    return Int(truncatingIfNeeded: Int64(bitPattern: bits))
  }

  /// The content as an integer that is not negative.
  func count(_ what: String) throws -> Int {
    let number = try integer(what)
    guard number >= 0 else { throw failure("\(what) is \(number), but cannot be negative") }
    return number
  }

  /// The content as a number of 32 bits.
  func bits(_ what: String) throws -> UInt32 {
    guard case .fixed32(let bits) = content else { throw failure("\(what) is no 32-bit number") }
    return bits
  }

  /// The content as a message.
  func message(_ what: String) throws -> ByteReader {
    guard case .bytes(let reader) = content else { throw failure("\(what) is no message") }
    return reader
  }

  /// An error at the field.
  func failure(_ text: String) -> TensorError { message.failure(text, at: place) }
}

extension [UInt8] {
  /// Appends a field that holds an integer, unless it is 0, which the format leaves out.
  mutating func append(field number: Int, integer: Int) {
    guard integer != 0 else { return }
    append(varint: number << 3)
    append(varint: integer)
  }

  /// Appends a field that holds 32 bits, unless they are 0.
  mutating func append(field number: Int, bits: UInt32) {
    guard bits != 0 else { return }
    append(varint: number << 3 | 5)
    append(fixed: bits)
  }

  /// Appends a field that holds a message, an empty one too.
  mutating func append(field number: Int, message: [UInt8]) {
    append(varint: number << 3 | 2)
    append(varint: message.count)
    append(contentsOf: message)
  }
}
