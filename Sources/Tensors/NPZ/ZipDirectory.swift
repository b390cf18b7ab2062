import CZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the entries of a zip file stand in it, which the library does not tell.
///
/// The sizes and places are taken from the end of the file, with the 64-bit records that large
/// files have. Nothing in it is trusted: whoever uses an entry compares its bytes with those that
/// the library reads.
struct ZipDirectory {
  /// An entry that is stored as it is.
  struct Entry {
    var offset: Int
    var byteCount: Int
  }

  let file: OpenFile
  /// The entries in the order of the directory; `nil` for one that is compressed.
  private(set) var entries: [Entry?] = []

  private enum Signature {
    static let end: UInt32 = 0x0605_4B50
    static let locatorOfEnd64: UInt32 = 0x0706_4B50
    static let end64: UInt32 = 0x0606_4B50
    static let entry: UInt32 = 0x0201_4B50
    static let local: UInt32 = 0x0403_4B50
  }

  /// The directory of a file, or `nil` when it is not understood.
  init?(_ file: OpenFile) {
    self.file = file
    guard let size = try? file.regularSize(limit: .max), let end = Self.end(of: file, size),
      let count = Int(exactly: end.count), count <= size / 46
    else { return nil }
    var position = end.offset
    for _ in 0..<count {
      guard let record = Record(file, at: position, count: 46), record[0] == Signature.entry,
        let next = entry(record, at: position)
      else { return nil }
      position = next
    }
  }

  /// Adds the entry of a record, and gives the place of the next.
  private mutating func entry(_ record: Record, at position: Int) -> Int? {
    let method: UInt16 = record[10]
    let nameLength = Int(record[28] as UInt16)
    let extraLength = Int(record[30] as UInt16)
    let extraStart = position + 46 + nameLength
    guard let extra = Record(file, at: extraStart, count: extraLength) else { return nil }
    // Numbers that do not fit stand in a further field, in this order, those alone.
    var wide = extra.wideNumbers[...]
    func number(_ narrow: UInt32) -> UInt64? {
      narrow == .max ? wide.popFirst() : UInt64(narrow)
    }
    guard let size = number(record[24]).flatMap(Int.init(exactly:)),
      let stored = number(record[20]).flatMap(Int.init(exactly:)),
      let local = number(record[42]).flatMap(Int.init(exactly:)),
      let header = Record(file, at: local, count: 30), header[0] == Signature.local
    else { return nil }
    let dataStart = local + 30 + Int(header[26] as UInt16) + Int(header[28] as UInt16)
    let isStored = method == UInt16(ZIP_CM_STORE) && size == stored
    entries.append(isStored ? Entry(offset: dataStart, byteCount: size) : nil)
    return extraStart + extraLength + Int(record[32] as UInt16)
  }

  /// Where the directory begins, and how many entries it has.
  private static func end(of file: OpenFile, _ size: Int) -> (offset: Int, count: UInt64)? {
    let longest = min(size, 22 + Int(UInt16.max))
    guard longest >= 22, let tail = Record(file, at: size - longest, count: longest) else {
      return nil
    }
    // A comment may follow the record, which says how long it is.
    guard
      let start = stride(from: longest - 22, through: 0, by: -1).first(where: { start in
        tail[start] == Signature.end
          && Int(tail[start + 20] as UInt16) == longest - start - 22
      })
    else { return nil }
    let (count, offset): (UInt16, UInt32) = (tail[start + 10], tail[start + 16])
    guard count == .max || offset == .max else { return (Int(offset), UInt64(count)) }
    guard let locator = Record(file, at: size - longest + start - 20, count: 20),
      locator[0] == Signature.locatorOfEnd64, let place = Int(exactly: locator[8] as UInt64),
      let end = Record(file, at: place, count: 56), end[0] == Signature.end64,
      let wideOffset = Int(exactly: end[48] as UInt64)
    else { return nil }
    return (wideOffset, end[32])
  }
}

/// Bytes of a zip file, in which numbers stand least significant byte first.
private struct Record {
  private let bytes: [UInt8]

  /// The bytes at a place, or `nil` when the file has fewer.
  init?(_ file: OpenFile, at offset: Int, count: Int) {
    guard offset >= 0, count >= 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    guard (try? bytes.withUnsafeMutableBytes({ try file.readFully(into: $0, at: offset) })) != nil
    else { return nil }
    self.bytes = bytes
  }

  /// The number at a place.
  subscript<Number: FixedWidthInteger & UnsignedInteger>(offset: Int) -> Number {
    bytes[offset..<offset + Number.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Number($1) }
  }

  /// The 64-bit numbers of a further field, where there is one.
  var wideNumbers: [UInt64] {
    var position = 0
    while position + 4 <= bytes.count {
      let (kind, length): (UInt16, UInt16) = (self[position], self[position + 2])
      let end = position + 4 + Int(length)
      guard end <= bytes.count else { break }
      if kind == 1 {
        return stride(from: position + 4, through: end - 8, by: 8).map { self[$0] }
      }
      position = end
    }
    return []
  }
}

extension ZipArchive {
  /// The array of an entry, read in place; `nil` where that cannot be.
  ///
  /// - Throws: `TensorError` when the entry is damaged.
  func mappedTensor(of entry: Entry, _ directory: ZipDirectory) throws -> Tensor? {
    guard let index = Int(exactly: entry.index), index < directory.entries.count,
      let place = directory.entries[index], place.byteCount == entry.byteCount,
      try isStored(entry, at: place, in: directory.file)
    else { return nil }
    return try? Tensor.mappedNPY(directory.file, from: place.offset, byteCount: place.byteCount)
  }

  /// Whether an entry's bytes are those at a place of the file.
  ///
  /// Reading it to the end compares its checksum. The file is read and not mapped for that, so that
  /// its pages do not fill memory.
  private func isStored(
    _ entry: Entry, at place: ZipDirectory.Entry, in archive: OpenFile
  ) throws -> Bool {
    guard let file = zip_fopen_index(zip, entry.index, 0) else {
      throw Self.failure(zip_get_error(zip))
    }
    defer { zip_fclose(file) }
    let size = 1 << 18
    let chunks = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * size, alignment: 64)
    defer { chunks.deallocate() }
    let (unpacked, stored) = (chunks.baseAddress!, chunks.baseAddress! + size)
    var position = place.offset
    while true {
      let count = Int(zip_fread(file, unpacked, zip_uint64_t(size)))
      if count < 0 { throw Self.failure(zip_file_get_error(file)) }
      if count == 0 { return position == place.offset + place.byteCount }
      let target = UnsafeMutableRawBufferPointer(start: stored, count: count)
      guard (try? archive.readFully(into: target, at: position)) != nil,
        memcmp(unpacked, stored, count) == 0
      else { return false }
      position += count
    }
  }
}
