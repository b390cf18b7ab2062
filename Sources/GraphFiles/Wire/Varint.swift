/// How a value stands on the wire.
enum WireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}

/// A varint that was read: its value and where the next byte stands.
///
/// Returns `nil` when the bytes end inside it or it has more than `maximumBytes`.
func readVarint(
  _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, maximumBytes: Int = 10
) -> (value: UInt64, next: Int)? {
  var value: UInt64 = 0
  let limit = min(end, offset + maximumBytes)
  var position = offset
  var shift: UInt64 = 0
  while position < limit {
    let byte = bytes[position]
    value |= UInt64(byte & 0x7F) << shift
    position += 1
    if byte < 0x80 { return (value, position) }
    shift += 7
  }
  return nil
}

extension [UInt8] {
  /// Appends a number as a varint.
  mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends the tag of a field.
  mutating func append(tag number: UInt32, _ wireType: WireType) {
    append(varint: UInt64(number) << 3 | UInt64(wireType.rawValue))
  }
}
