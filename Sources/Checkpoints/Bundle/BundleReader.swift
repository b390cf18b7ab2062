import Tensors

/// A bundle of tensors as TensorFlow's `Saver` writes it: an index, and files of data.
struct BundleReader: CheckpointSource {
  /// `PREFIX.index` without its suffix.
  let path: String
  private let index: BundleIndex
  private let dataFiles: [Int: DataFile]
  private let limit: Int

  /// Opens the index and all data files that it names.
  ///
  /// - Parameter limit: The most bytes that one tensor may take.
  init(prefix: String, limit: Int) throws {
    let index = try BundleIndex(prefix: prefix)
    var files: [Int: DataFile] = [:]
    for (name, entry) in zip(index.names, index.entries) {
      let stored =
        entry.slices.isEmpty ? [entry] : try index.parts(of: entry, named: name).map(\.stored)
      for part in stored {
        let file =
          try files[part.shard]
          ?? DataFile(
            BundleFiles.dataPath(
              prefix: prefix, shard: part.shard, of: index.header.shardCount))
        files[part.shard] = file
        guard part.byteCount <= file.byteCount - part.offset else {
          throw TensorError(
            "'\(file.path)' has \(file.byteCount) bytes, but '\(index.path)' says that '\(name)' "
              + "takes \(part.byteCount) from byte \(part.offset) on")
        }
      }
    }
    (path, self.index, dataFiles, self.limit) = (prefix, index, files, limit)
  }

  var format: Checkpoint.Format { .bundle }

  var entries: [Checkpoint.Entry] {
    zip(index.names, index.entries).map { name, entry in
      Checkpoint.Entry(
        name: name, dataType: entry.dataType, storedType: BundleEntry.typeName(entry.typeNumber),
        dimensions: entry.dimensions)
    }
  }

  func tensor(at position: Int) throws -> Tensor {
    let (name, entry) = (index.names[position], index.entries[position])
    let dataType = try supportedType(entry, named: name)
    if dataType == .string { return try strings(entry, named: name) }
    let byteCount = Tensor.extent(dataType, entry.dimensions)?.byteCount ?? .max
    try checkLimit(byteCount, entry, named: name)
    return try Tensor(uninitialized: dataType, dimensions: entry.dimensions) {
      try read(at: position, into: $0)
    }
  }

  func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws {
    let (name, entry) = (index.names[position], index.entries[position])
    try checkLimit(memory.count, entry, named: name)
    if entry.slices.isEmpty { return try readStored(entry, named: name, into: memory) }
    try readParts(of: entry, named: name, into: memory)
  }

  private func supportedType(_ entry: BundleEntry, named name: String) throws -> DataType {
    guard let dataType = entry.dataType else {
      throw index.failure(
        entry,
        "'\(name)' has elements of type \(BundleEntry.typeName(entry.typeNumber)), which no "
          + "tensor holds")
    }
    return dataType
  }

  private func checkLimit(_ byteCount: Int, _ entry: BundleEntry, named name: String) throws {
    guard byteCount <= limit else {
      throw index.failure(
        entry, "'\(name)' takes \(byteCount) bytes, more than the limit of \(limit)")
    }
  }

  private func file(_ entry: BundleEntry, named name: String) throws -> DataFile {
    if let file = dataFiles[entry.shard] { return file }
    throw index.failure(entry, "data file \(entry.shard), where '\(name)' is, was not opened")
  }

  private func check(
    _ checksum: Checksum, _ entry: BundleEntry, named name: String, in file: DataFile
  ) throws {
    guard checksum.masked == entry.checksum else {
      throw TensorError(
        "'\(file.path)' at byte \(entry.offset): the \(entry.byteCount) bytes of '\(name)' have "
          + "the checksum \(checksum.masked.hexadecimal), but '\(index.path)' says "
          + entry.checksum.hexadecimal)
    }
  }

  /// Texts, their checksum compared.
  private func strings(_ entry: BundleEntry, named name: String) throws -> Tensor {
    guard entry.slices.isEmpty else {
      throw index.failure(entry, "'\(name)' is made of parts of strings, which are not joined")
    }
    try checkLimit(entry.byteCount, entry, named: name)
    let file = try file(entry, named: name)
    let bytes = try file.bytes(entry.byteCount, at: entry.offset)
    var reader = ByteReader(bytes, file: file.path, origin: entry.offset)
    let count = Shape.elementCount(of: entry.dimensions) ?? 0
    let (strings, checksum) = try BundleStrings.read(count, from: &reader)
    try check(checksum, entry, named: name, in: file)
    return try Tensor(strings: strings, dimensions: entry.dimensions)
  }

  /// The elements of what is stored as a whole, their checksum compared.
  private func readStored(
    _ entry: BundleEntry, named name: String, into memory: UnsafeMutableRawBufferPointer
  ) throws {
    let dataType = try supportedType(entry, named: name)
    let file = try file(entry, named: name)
    try file.readElements(of: dataType, at: entry.offset, into: memory) { bytes in
      var checksum = Checksum()
      checksum.combine(bytes)
      try check(checksum, entry, named: name, in: file)
    }
  }

  /// The elements of what is stored in parts.
  private func readParts(
    of entry: BundleEntry, named name: String, into memory: UnsafeMutableRawBufferPointer
  ) throws {
    let dataType = try supportedType(entry, named: name)
    let parts = try index.parts(of: entry, named: name)
    // The parts have together as many elements as the whole: without an overlap there is no gap.
    guard areDisjoint(parts.map(\.ranges)) else {
      throw index.failure(entry, "the parts of '\(name)' overlap")
    }
    for part in parts {
      let stored = try Tensor(uninitialized: dataType, dimensions: part.stored.dimensions) {
        try readStored(part.stored, named: name, into: $0)
      }
      stored.withUnsafeBytes { bytes in
        copy(
          bytes, to: part.ranges, of: memory, dimensions: entry.dimensions,
          elementSize: dataType.byteCount)
      }
    }
  }
}
