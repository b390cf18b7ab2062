import Tensors

extension Checkpoint {
  /// Opens stored tensors, whatever the format.
  ///
  /// - Parameters:
  ///   - path: The prefix of a bundle, as `model-1000`, or one of its files; a folder whose file
  ///     `checkpoint` names the latest bundle; a safetensors file; a `.npz` file. The two kinds of
  ///     file are told by their first bytes.
  ///   - limit: The most bytes that one tensor, or all of a `.npz` file, may take in memory.
  /// - Throws: `TensorError` that names the file, the byte and what was expected, when nothing is
  ///   there, the format is another, or what the file lists is damaged.
  public static func open(_ path: String, limit: Int = 1 << 36) throws -> Checkpoint {
    if fileKind(path) == .folder {
      if isFile(path + Table.suffix) { return try openBundle(path, limit) }
      guard isFile(CheckpointState.path(in: path)) else { throw noState(in: path) }
      let state = try CheckpointState(folder: path)
      guard let latest = state.latestPrefix(in: path) else {
        throw TensorError("'\(CheckpointState.path(in: path))' names no latest checkpoint")
      }
      return try openBundle(latest, limit)
    }
    if isFile(path) { return try openFile(path, limit) }
    if isFile(path + Table.suffix) { return try openBundle(path, limit) }
    guard fileKind(path) == nil else {
      throw TensorError("cannot read '\(path)': it is neither a file nor a folder")
    }
    throw TensorError(
      "there is no checkpoint '\(path)': neither a file or folder of that name nor "
        + "'\(path)\(Table.suffix)'")
  }

  private static func openBundle(_ prefix: String, _ limit: Int) throws -> Checkpoint {
    try Checkpoint(BundleReader(prefix: prefix, limit: limit))
  }

  private static func openFile(_ path: String, _ limit: Int) throws -> Checkpoint {
    if let prefix = BundleFiles.prefix(of: path) { return try openBundle(prefix, limit) }
    if path.utf8.suffix(11).elementsEqual("/checkpoint".utf8) || path == "checkpoint" {
      return try open(parentFolder(of: path), limit: limit)
    }
    let file = try DataFile(path)
    let start = try file.bytes(min(9, file.byteCount), at: 0)
    // What a zip file begins with: an entry, or the end of the directory of an empty one.
    if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]) {
      return try Checkpoint(ArchiveSource(path: path, limit: limit))
    }
    if start.count == 9 && start[8] == UInt8(ascii: "{")
      || path.utf8.suffix(12).elementsEqual(".safetensors".utf8)
    {
      return try Checkpoint(SafetensorsReader(path: path, limit: limit))
    }
    if isFile(path + Table.suffix) { return try openBundle(path, limit) }
    var found = ""
    if file.byteCount >= Table.footerSize {
      var end = ByteReader(try file.bytes(8, at: file.byteCount - 8), file: path)
      if try end.fixed("the last bytes", as: UInt64.self) == Table.magic {
        found =
          "; it is a table as TensorFlow's first version of checkpoints has, which must be "
          + "written again by a newer TensorFlow"
      }
    }
    throw TensorError(
      "'\(path)' is no checkpoint: expected the prefix of a TensorFlow bundle, its '.index' file, "
        + "a safetensors file or a '.npz' file" + found)
  }
  private static func noState(in folder: String) -> TensorError {
    let prefixes = fileNames(in: folder).filter { $0 != Table.suffix }
      .compactMap { $0.utf8.last == UInt8(ascii: "x") ? BundleFiles.prefix(of: $0) : nil }
    let hint = prefixes.last.map { "; there is '\(join(folder, $0))'" } ?? ""
    return TensorError(
      "the folder '\(folder)' has no file 'checkpoint', which would name its latest checkpoint"
        + hint)
  }
}
