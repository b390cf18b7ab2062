import Tensors

extension Checkpoint {
  /// Writes tensors as a bundle that TensorFlow's `Saver` restores: `PREFIX.index` and
  /// `PREFIX.data-00000-of-00001`.
  ///
  /// The same tensors give the same bytes. Both files are complete and durable before either gets
  /// its name, the data first: whoever finds the index finds the data.
  ///
  /// - Parameters:
  ///   - tensors: Tensors of any type by name. A name is neither empty nor holds a NUL.
  ///   - prefix: A path without a suffix, as `weights/model-1000`. Its folder must exist.
  /// - Throws: `TensorError` that names the path or the tensor, when a file cannot be written, for
  ///   a name that cannot be one, and for more than 254 dimensions.
  public static func write(_ tensors: [String: Tensor], prefix: String) throws {
    guard let last = prefix.utf8.last, last != UInt8(ascii: "/") else {
      throw TensorError(
        "cannot write a checkpoint to '\(prefix)': the prefix of its files is expected, as "
          + "'\(prefix)model'")
    }
    let sorted = tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, tensor) in sorted { try checkForBundle(tensor, named: name) }
    var table = TableWriter()
    table.append(key: [], value: BundleHeader().bytes)
    let data = BundleFiles.dataPath(prefix: prefix, shard: 0, of: 1)
    try writeFileAtomically(prefix + Table.suffix) { writeIndex in
      try writeFileAtomically(data) { writeData in
        var offset = 0
        for (name, tensor) in sorted {
          var entry = BundleEntry()
          entry.typeNumber = tensor.dataType.rawValue
          entry.dimensions = tensor.dimensions
          entry.offset = offset
          (entry.byteCount, entry.checksum) = try write(tensor, by: writeData)
          offset += entry.byteCount
          table.append(key: Array(name.utf8), value: entry.bytes)
        }
        try table.finish().withUnsafeBytes(writeIndex)
      }
    }
  }

  private static func checkForBundle(_ tensor: Tensor, named name: String) throws {
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw TensorError("'\(name)' cannot be the name of a tensor in a checkpoint")
    }
    if let error = tensor.literalError { throw TensorError("tensor '\(name)': \(error)") }
    guard tensor.rank <= BundleEntry.maximumRank else {
      throw TensorError(
        "tensor '\(name)' has \(tensor.rank) dimensions, but TensorFlow has no more than "
          + "\(BundleEntry.maximumRank)")
    }
  }

  /// Writes the elements and tells how many bytes they take and their masked checksum.
  private static func write(
    _ tensor: Tensor, by write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (Int, UInt32) {
    if tensor.dataType == .string {
      let (bytes, checksum) = BundleStrings.bytes(of: try tensor.strings())
      try bytes.withUnsafeBytes(write)
      return (bytes.count, checksum.masked)
    }
    return try tensor.withUnsafeBytes { bytes in
      var checksum = Checksum()
      checksum.combine(bytes)
      try write(bytes)
      return (bytes.count, checksum.masked)
    }
  }
}
