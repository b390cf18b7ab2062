/// The sorted string table of LevelDB, in which TensorFlow keeps what a checkpoint holds.
///
/// A file is blocks of entries, an empty block, a block that lists the blocks of entries, and a
/// footer that tells where the last two are. In a block, an entry shares the first bytes of its
/// key with the entry before it.
enum Table {
  /// What the last eight bytes of a file are.
  static let magic: UInt64 = 0xDB47_7524_8B80_FB57
  /// Two handles of up to 20 bytes, and the magic number.
  static let footerSize = 48
  /// A byte that names the compression, and a checksum of 4 bytes, behind each block.
  static let trailerSize = 5
  /// The suffix of the file's name.
  static let suffix = ".index"

  /// Where a block stands, without its trailer.
  struct Handle: Equatable {
    var offset: Int
    var size: Int

    init(offset: Int, size: Int) {
      self.offset = offset
      self.size = size
    }

    init(_ reader: inout ByteReader) throws {
      offset = try reader.count("the offset of a block")
      size = try reader.count("the size of a block")
    }

    var bytes: [UInt8] {
      var result: [UInt8] = []
      result.append(varint: offset)
      result.append(varint: size)
      return result
    }
  }
}
