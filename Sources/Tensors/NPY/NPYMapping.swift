extension Tensor {
  /// The array of a `.npy` file, whose elements are read from the file when they are used.
  ///
  /// The file must not be changed while the tensor is used; it may be deleted or replaced by
  /// another one. Elements that do not stand in the file as a tensor has them, as those of Fortran
  /// order, and files that cannot be mapped are read at once.
  ///
  /// - Parameters:
  ///   - path: A file.
  ///   - limit: The largest file to accept, in bytes.
  /// - Throws: `TensorError` as `init(npyFile:limit:)`.
  public init(mappingNPYFile path: String, limit: Int = 1 << 40) throws {
    let file = try OpenFile(reading: path)
    defer { file.close() }
    if let mapped = try? Self.mappedNPY(file, limit: limit) {
      self = mapped
    } else {
      // Reading says what is wrong with a file.
      self = try Tensor(npyFile: path, limit: limit)
    }
  }

  private static func mappedNPY(_ file: OpenFile, limit: Int) throws -> Tensor? {
    guard let size = try file.regularSize(limit: limit) else { return nil }
    return try mappedNPY(file, from: 0, byteCount: size)
  }

  /// The array of the `.npy` data that stand in a file from `start` on.
  ///
  /// - Returns: `nil` where its elements do not stand there as a tensor has them.
  static func mappedNPY(_ file: OpenFile, from start: Int, byteCount: Int) throws -> Tensor? {
    var position = start
    let (header, dataCount) = try readNPYHeader(byteCount: byteCount) { buffer in
      try file.readFully(into: buffer, at: position)
      position += buffer.count
    }
    let element = try NPYElement(descriptor: header.descriptor)
    guard case .fixed(let dataType) = element.kind, !element.isByteSwapped, !header.isColumnMajor,
      TensorType(dataType, Shape(header.dimensions)).byteCount == dataCount
    else { return nil }
    return try mapped(
      file, dataType, dimensions: header.dimensions, offset: position, isLast: false)
  }
}
