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
    let (header, dataCount) = try readNPYHeader(byteCount: size, fill: file.readFully)
    let element = try NPYElement(descriptor: header.descriptor)
    guard case .fixed(let dataType) = element.kind, !element.isByteSwapped, !header.isColumnMajor
    else { return nil }
    return try mapped(
      file, dataType, dimensions: header.dimensions, offset: size - dataCount)
  }
}
