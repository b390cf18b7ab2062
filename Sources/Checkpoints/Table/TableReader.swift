import Tensors

/// Reads the entries of a table in the order of their keys.
struct TableReader {
  private let file: ByteReader
  /// How many bytes the keys may still take.
  ///
  /// A key that shares its beginning with the one before takes few bytes of the file, so that a
  /// small file could ask for much memory.
  private var keyBytesLeft: Int
  private var lastKey: [UInt8]?

  private init(_ bytes: [UInt8], file: String) {
    self.file = ByteReader(bytes, file: file)
    keyBytesLeft = 1 << 20 + 64 * bytes.count
  }

  /// Calls `visit` with each key and a reader of its value, in ascending order of the keys.
  ///
  /// - Throws: `TensorError` that names the file and the byte, for bytes that are no table, for a
  ///   checksum that does not match, for keys out of order, and what `visit` throws.
  static func read(
    _ bytes: [UInt8], file: String, visit: (_ key: [UInt8], _ value: ByteReader) throws -> Void
  ) throws {
    var reader = TableReader(bytes, file: file)
    try reader.read(visit)
  }

  private mutating func read(_ visit: ([UInt8], ByteReader) throws -> Void) throws {
    let start = file.end - Table.footerSize
    guard start >= 0 else {
      throw file.failure(
        "expected a table, whose footer alone takes \(Table.footerSize) bytes, but the file has "
          + "\(file.end)")
    }
    var magic = file.part(file.end - 8..<file.end)
    let number = try magic.fixed("the magic number of a table", as: UInt64.self)
    guard number == Table.magic else {
      throw file.failure(
        "expected the magic number of a table, db4775248b80fb57, but there is "
          + String(number, radix: 16), at: file.end - 8)
    }
    var footer = file.part(start..<file.end - 8)
    _ = try block(Table.Handle(&footer), namedAt: start, end: start)
    let index = try block(Table.Handle(&footer), namedAt: start, end: start)
    try forEachEntry(of: index) { reader, _, value in
      var value = value
      let place = value.position
      let block = try reader.block(Table.Handle(&value), namedAt: place, end: start)
      try reader.forEachEntry(of: block) { reader, key, value in
        if let last = reader.lastKey, !last.lexicographicallyPrecedes(key) {
          throw value.failure("the keys of the table are out of order")
        }
        reader.lastKey = key
        try visit(key, value)
      }
    }
  }

  /// A block's bytes without the trailer, whose checksum is compared.
  private func block(_ handle: Table.Handle, namedAt place: Int, end: Int) throws -> ByteReader {
    guard handle.offset <= end - Table.trailerSize,
      handle.size <= end - Table.trailerSize - handle.offset
    else {
      throw file.failure(
        "a block of \(handle.size) bytes is said to stand at byte \(handle.offset), but the blocks "
          + "end at byte \(end)", at: place)
    }
    let contentEnd = handle.offset + handle.size
    var trailer = file.part(contentEnd..<contentEnd + Table.trailerSize)
    let compression = try trailer.fixed("the compression of a block", as: UInt8.self)
    let stored = try trailer.fixed("the checksum of a block", as: UInt32.self)
    var checksum = Checksum()
    file.bytes.withUnsafeBytes { bytes in
      checksum.combine(UnsafeRawBufferPointer(rebasing: bytes[handle.offset...contentEnd]))
    }
    guard checksum.masked == stored else {
      throw file.failure(
        "the block of \(handle.size) bytes has the checksum \(checksum.masked.hexadecimal), but "
          + "\(stored.hexadecimal) is stored behind it", at: handle.offset)
    }
    guard compression == 0 else {
      throw file.failure(
        "the block is compressed" + (compression == 1 ? " by Snappy" : "")
          + " (\(compression)); only blocks without compression (0) are read, as TensorFlow writes "
          + "them",
        at: contentEnd)
    }
    return file.part(handle.offset..<contentEnd)
  }

  private mutating func forEachEntry(
    of block: ByteReader, _ body: (inout TableReader, [UInt8], ByteReader) throws -> Void
  ) throws {
    var entries = try withoutRestarts(block)
    var key: [UInt8] = []
    while !entries.isAtEnd {
      let start = entries.position
      let shared = try entries.count("how many bytes a key shares")
      let added = try entries.count("how many bytes a key adds")
      let size = try entries.count("the size of a value")
      guard shared <= key.count else {
        throw entries.failure(
          "a key shares \(shared) bytes with the one before, which has \(key.count)", at: start)
      }
      let suffix = try entries.take(added, "a key")
      keyBytesLeft -= shared + added
      guard keyBytesLeft >= 0 else {
        throw entries.failure("the keys up to here are too long for a file of this size", at: start)
      }
      key.removeLast(key.count - shared)
      key += entries.bytes[suffix]
      try body(&self, key, entries.part(entries.take(size, "a value")))
    }
  }

  /// The entries without the list of the places where keys share nothing, which only a search
  /// needs.
  private func withoutRestarts(_ block: ByteReader) throws -> ByteReader {
    let room = block.remaining
    guard room >= 4 else {
      throw block.failure("a block takes 4 bytes or more, but this one has \(room)")
    }
    var last = block.part(block.end - 4..<block.end)
    let count = Int(try last.fixed("the number of restarts", as: UInt32.self))
    guard count <= (room - 4) / 4 else {
      throw block.failure(
        "a block of \(room) bytes is said to end with \(count) restarts", at: block.end - 4)
    }
    return block.part(block.position..<block.end - 4 - 4 * count)
  }
}
