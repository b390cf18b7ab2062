import Tensors

/// How a bundle stores strings: the lengths as varints, their checksum, all bytes.
///
/// The checksum of the whole covers each length as a number of 4 bytes (8 where it needs them), the
/// checksum of the lengths, and the bytes.
enum BundleStrings {
  static func read(
    _ count: Int, from reader: inout ByteReader
  ) throws -> (strings: [[UInt8]], checksum: Checksum) {
    var checksum = Checksum()
    // TensorFlow takes no bytes at all for no strings, too.
    if count == 0 && reader.isAtEnd { return ([], checksum) }
    var lengths: [Int] = []
    lengths.reserveCapacity(min(count, reader.remaining))
    for _ in 0..<count {
      let length = try reader.count("the length of a string")
      lengths.append(length)
      combine(length, into: &checksum)
    }
    let place = reader.position
    let stored = try reader.fixed("the checksum of the lengths of strings", as: UInt32.self)
    guard checksum.masked == stored else {
      throw reader.failure(
        "the lengths of strings have the checksum \(checksum.masked.hexadecimal), but "
          + "\(stored.hexadecimal) is stored", at: place)
    }
    checksum.combine(stored)
    let strings = try lengths.map { length in
      Array(reader.bytes[try reader.take(length, "a string")])
    }
    guard reader.isAtEnd else {
      throw reader.failure("the strings end here, but \(reader.remaining) bytes follow")
    }
    for string in strings { checksum.combine(string) }
    return (strings, checksum)
  }

  /// The bytes of strings, and the checksum for the index.
  static func bytes(of strings: [[UInt8]]) -> (bytes: [UInt8], checksum: Checksum) {
    var checksum = Checksum()
    var bytes: [UInt8] = []
    for string in strings {
      bytes.append(varint: string.count)
      combine(string.count, into: &checksum)
    }
    let lengths = checksum.masked
    bytes.append(fixed: lengths)
    checksum.combine(lengths)
    for string in strings {
      bytes += string
      checksum.combine(string)
    }
    return (bytes, checksum)
  }

  private static func combine(_ length: Int, into checksum: inout Checksum) {
    if let short = UInt32(exactly: length) {
      checksum.combine(short)
    } else {
      checksum.combine(UInt64(length))
    }
  }
}
