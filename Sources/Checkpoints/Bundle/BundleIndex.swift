import Tensors

/// What the index of a bundle lists.
struct BundleIndex: Sendable {
  /// An index is small; the weights are in other files.
  private static let sizeLimit = 1 << 30

  let path: String
  private(set) var header = BundleHeader()
  private(set) var names: [String] = []
  /// The tensors, in the order of the names.
  private(set) var entries: [BundleEntry] = []
  /// The stored parts of tensors by the two halves of their keys.
  private var parts: [[UInt8]: [[UInt8]: BundleEntry]] = [:]

  /// Reads `PREFIX.index` and checks that it agrees with itself.
  init(prefix: String) throws {
    let path = prefix + Table.suffix
    try self.init(readFile(path, limit: Self.sizeLimit), path: path)
  }

  private init(emptyAt path: String) {
    self.path = path
  }

  init(_ bytes: [UInt8], path: String) throws {
    var index = BundleIndex(emptyAt: path)
    var isFirst = true
    try TableReader.read(bytes, file: path) { key, value in
      if isFirst {
        guard key.isEmpty else { throw value.failure("the index does not begin with its header") }
        index.header = try BundleHeader(value)
        isFirst = false
      } else {
        try index.add(key, value)
      }
    }
    guard !isFirst else { throw TensorError("'\(path)': the index has no header") }
    self = index
    for (name, entry) in zip(names, entries) where !entry.slices.isEmpty {
      try checkParts(of: entry, named: name)
    }
  }

  private mutating func add(_ key: [UInt8], _ value: ByteReader) throws {
    let entry = try BundleEntry(value)
    if let length = BundleSlice.prefixLength(of: key) {
      try check(entry, value, named: "a part")
      parts[Array(key[..<length]), default: [:]][Array(key[length...])] = entry
      return
    }
    guard let name = String(validating: key, as: UTF8.self) else {
      throw value.failure("the name of a tensor is not UTF-8")
    }
    if entry.slices.isEmpty { try check(entry, value, named: "'\(name)'") }
    names.append(name)
    entries.append(entry)
  }

  private func check(_ entry: BundleEntry, _ value: ByteReader, named name: String) throws {
    guard entry.shard < header.shardCount else {
      throw value.failure(
        "\(name) is said to be in data file \(entry.shard) of \(header.shardCount)")
    }
    guard !entry.offset.addingReportingOverflow(entry.byteCount).overflow else {
      throw value.failure("\(name) is said to end beyond any file")
    }
    guard let dataType = entry.dataType else { return }
    let type = TensorType(dataType, Shape(entry.dimensions))
    guard let (count, byteCount) = Tensor.extent(dataType, entry.dimensions) else {
      throw value.failure("\(name) of type \(type) is larger than any memory")
    }
    if dataType == .string {
      // The length of each string takes a byte, and the checksum of the lengths four.
      guard count <= max(0, entry.byteCount - 4) else {
        throw value.failure("\(name) has \(count) strings, but \(entry.byteCount) bytes")
      }
    } else if entry.byteCount != byteCount {
      throw value.failure(
        "\(name) of type \(type) takes \(byteCount) bytes, but the index says \(entry.byteCount)")
    }
  }
}

// MARK: - Tensors in parts

extension BundleIndex {
  /// The parts of a tensor: where each belongs, and where it is stored.
  ///
  /// - Throws: `TensorError` when a part is missing.
  func parts(
    of entry: BundleEntry, named name: String
  ) throws -> [(ranges: [Range<Int>], stored: BundleEntry)] {
    let group = parts[BundleSlice.keyPrefix(name: name)] ?? [:]
    return try entry.slices.map { slice in
      guard let ranges = slice.ranges(within: entry.dimensions) else {
        throw failure(entry, "a part of '\(name)' does not lie within \(Shape(entry.dimensions))")
      }
      guard let stored = group[slice.keySuffix] else {
        throw failure(entry, "the part \(ranges) of '\(name)' is missing")
      }
      guard stored.typeNumber == entry.typeNumber, stored.slices.isEmpty,
        stored.dimensions == ranges.map(\.count)
      else { throw failure(entry, "the part \(ranges) of '\(name)' is of another type or shape") }
      return (ranges, stored)
    }
  }

  private func checkParts(of entry: BundleEntry, named name: String) throws {
    guard let (whole, _) = Tensor.extent(entry.dataType, entry.dimensions) else {
      throw failure(
        entry, "'\(name)' of shape \(Shape(entry.dimensions)) is larger than any memory")
    }
    var missing = whole
    for part in try parts(of: entry, named: name) {
      let count = Shape.elementCount(of: part.stored.dimensions) ?? .max
      guard count <= missing else {
        throw failure(entry, "the parts of '\(name)' have more than its \(whole) elements")
      }
      missing -= count
    }
    guard missing == 0 else {
      throw failure(entry, "the parts of '\(name)' lack \(missing) of its \(whole) elements")
    }
  }

  /// An error at what the index says of a tensor.
  func failure(_ entry: BundleEntry, _ message: String) -> TensorError {
    TensorError("'\(path)' at byte \(entry.place): \(message)")
  }
}
