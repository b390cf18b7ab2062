import Tensors

/// What stands before the data of a safetensors file.
struct SafetensorsHeader: Sendable {
  /// The largest header that the format allows, in bytes.
  static let sizeLimit = 100_000_000

  struct Entry: Sendable {
    var name = ""
    var storedType = ""
    var dimensions: [Int] = []
    /// Where the elements are, counted from the end of the header.
    var range = 0..<0
    /// Where in the header the entry stands.
    var place = 0

    var dataType: DataType? { SafetensorsType.dataType(named: storedType) }
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  /// Reads and checks a header.
  ///
  /// - Parameters:
  ///   - text: The bytes behind the length.
  ///   - dataSize: The bytes behind the header.
  init(_ text: [UInt8], file: String, dataSize: Int) throws {
    var reader = JSONReader(text, file: file, origin: 8)
    var names: Set<String> = []
    var (entries, metadata) = (self.entries, self.metadata)
    try reader.object("the header") { reader, key in
      if key == "__metadata__" {
        try reader.object("the metadata") { reader, key in
          metadata[key] = try reader.string("a text of the metadata")
        }
        return
      }
      let place = reader.position
      guard names.insert(key).inserted else {
        throw reader.failure("the tensor '\(key)' stands twice in the header")
      }
      var entry = try Self.entry(from: &reader, named: key)
      entry.place = place
      try Self.check(entry, reader, dataSize)
      entries.append(entry)
    }
    try reader.end()
    (self.entries, self.metadata) = (entries, metadata)
    try checkCover(dataSize, reader)
  }

  private static func entry(from reader: inout JSONReader, named name: String) throws -> Entry {
    var entry = Entry(name: name)
    var offsets: [Int] = []
    var seen: Set<String> = []
    try reader.object("the entry of '\(name)'") { reader, key in
      guard seen.insert(key).inserted else {
        throw reader.failure("'\(key)' stands twice in the entry of '\(name)'")
      }
      switch key {
      case "dtype":
        entry.storedType = try reader.string("the type of '\(name)'")
      case "shape":
        entry.dimensions = try counts("a size of '\(name)'", atMost: 254, from: &reader)
      case "data_offsets":
        offsets = try counts("an offset of '\(name)'", atMost: 2, from: &reader)
      default:
        try reader.skip("a value in the entry of '\(name)'")
      }
    }
    for key in ["dtype", "shape", "data_offsets"] where !seen.contains(key) {
      throw reader.failure("the entry of '\(name)' has no \"\(key)\"")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw reader.failure(
        "\"data_offsets\" of '\(name)' are \(offsets), but two in ascending order were expected")
    }
    entry.range = offsets[0]..<offsets[1]
    return entry
  }

  private static func counts(
    _ what: String, atMost limit: Int, from reader: inout JSONReader
  ) throws -> [Int] {
    var result: [Int] = []
    try reader.list("a list") { reader in
      guard result.count < limit else {
        throw reader.failure("\(what) is one too many: \(limit) are possible")
      }
      result.append(try reader.count(what))
    }
    return result
  }

  private static func check(_ entry: Entry, _ reader: JSONReader, _ dataSize: Int) throws {
    guard entry.range.upperBound <= dataSize else {
      throw reader.failure(
        "'\(entry.name)' is said to end at byte \(entry.range.upperBound) of the data, which has "
          + "\(dataSize)", at: entry.place)
    }
    guard let dataType = entry.dataType else { return }
    let type = TensorType(dataType, Shape(entry.dimensions))
    guard let (_, byteCount) = Tensor.extent(dataType, entry.dimensions) else {
      throw reader.failure("'\(entry.name)' of type \(type) is larger than any memory")
    }
    guard byteCount == entry.range.count else {
      throw reader.failure(
        "'\(entry.name)' of type \(type) takes \(byteCount) bytes, but its \"data_offsets\" leave "
          + "\(entry.range.count)", at: entry.place)
    }
  }

  /// Every byte of the data belongs to one tensor.
  private func checkCover(_ dataSize: Int, _ reader: JSONReader) throws {
    var end = 0
    let sorted = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in sorted {
      guard entry.range.lowerBound == end else {
        throw reader.failure(
          "'\(entry.name)' begins at byte \(entry.range.lowerBound) of the data, but the tensor "
            + "before it ends at byte \(end)", at: entry.place)
      }
      end = entry.range.upperBound
    }
    guard end == dataSize else {
      throw reader.failure(
        "the tensors take \(end) bytes, but \(dataSize) follow the header", at: 0)
    }
  }
}
