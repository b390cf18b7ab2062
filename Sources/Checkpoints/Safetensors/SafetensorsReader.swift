import Tensors

/// A safetensors file: a length of 8 bytes, a header in JSON, the elements of all tensors.
struct SafetensorsReader: CheckpointSource {
  private let file: DataFile
  private let header: SafetensorsHeader
  /// Where in the file the data begins.
  private let dataStart: Int
  private let limit: Int

  /// Reads the header.
  ///
  /// - Parameter limit: The most bytes that one tensor may take.
  init(path: String, limit: Int) throws {
    file = try DataFile(path)
    self.limit = limit
    guard file.byteCount >= 8 else {
      throw TensorError(
        "'\(path)' has \(file.byteCount) bytes, but the length of a header alone takes 8")
    }
    var start = ByteReader(try file.bytes(8, at: 0), file: path)
    let length = try start.fixed("the length of the header", as: UInt64.self)
    let room = min(file.byteCount - 8, SafetensorsHeader.sizeLimit)
    guard length <= UInt64(room) else {
      throw start.failure(
        "the header is said to take \(length) bytes, but at most \(room) are possible", at: 0)
    }
    dataStart = 8 + Int(length)
    header = try SafetensorsHeader(
      file.bytes(Int(length), at: 8), file: path, dataSize: file.byteCount - dataStart)
  }

  var format: Checkpoint.Format { .safetensors }
  var path: String { file.path }
  var metadata: [String: String] { header.metadata }

  var entries: [Checkpoint.Entry] {
    header.entries.map { entry in
      Checkpoint.Entry(
        name: entry.name, dataType: entry.dataType, storedType: entry.storedType,
        dimensions: entry.dimensions)
    }
  }

  func tensor(at position: Int) throws -> Tensor {
    try Tensor(
      uninitialized: try readableType(at: position), dimensions: header.entries[position].dimensions
    ) { try read(at: position, into: $0) }
  }

  func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws {
    try file.readElements(
      of: try readableType(at: position),
      at: dataStart + header.entries[position].range.lowerBound, into: memory)
  }

  /// The type of a tensor that can be read.
  private func readableType(at position: Int) throws -> DataType {
    let entry = header.entries[position]
    func failure(_ message: String) -> TensorError {
      TensorError("'\(path)' at byte \(8 + entry.place): '\(entry.name)' \(message)")
    }
    guard let dataType = entry.dataType else {
      throw failure("has elements of type \(entry.storedType), which no tensor holds")
    }
    guard entry.range.count <= limit else {
      throw failure("takes \(entry.range.count) bytes, more than the limit of \(limit)")
    }
    return dataType
  }
}
