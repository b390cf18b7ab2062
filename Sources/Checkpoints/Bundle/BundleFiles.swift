/// The names of a bundle's files.
enum BundleFiles {
  /// The path of a data file, as `PREFIX.data-00000-of-00001`.
  static func dataPath(prefix: String, shard: Int, of count: Int) -> String {
    func digits(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }
    return "\(prefix).data-\(digits(shard))-of-\(digits(count))"
  }

  /// The prefix when the path is one of the files of a bundle.
  static func prefix(of path: String) -> String? {
    let bytes = Array(path.utf8)
    func without(_ count: Int) -> String {
      String(decoding: bytes.dropLast(count), as: UTF8.self)
    }
    if hasSuffix(bytes, Table.suffix) { return without(Table.suffix.utf8.count) }
    if hasSuffix(bytes, ".meta"), isFile(without(5) + Table.suffix) { return without(5) }
    return hasDataSuffix(bytes) ? without(dataSuffixLength) : nil
  }

  /// Deletes the files of a bundle, the index first: what has an index is whole.
  static func delete(prefix: String) throws {
    try deleteFile(prefix + Table.suffix)
    let (folder, name) = (parentFolder(of: prefix), Array(lastComponent(of: prefix).utf8))
    for file in fileNames(in: folder) {
      let bytes = Array(file.utf8)
      guard bytes.count == name.count + dataSuffixLength, bytes.starts(with: name),
        hasDataSuffix(bytes)
      else { continue }
      try deleteFile(join(folder, file))
    }
    try deleteFile(prefix + ".meta")
  }

  private static let dataSuffixLength = ".data-00000-of-00001".utf8.count

  private static func hasSuffix(_ bytes: [UInt8], _ suffix: String) -> Bool {
    bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Whether a path ends as a data file's does, whatever the digits.
  private static func hasDataSuffix(_ path: [UInt8]) -> Bool {
    path.count > dataSuffixLength
      && zip(path.suffix(dataSuffixLength), ".data-00000-of-00000".utf8).allSatisfy { byte, model in
        model == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == model
      }
  }
}
