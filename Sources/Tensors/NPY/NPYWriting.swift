extension Tensor {
  /// The tensor as `.npy` data of version 1.0, the same bytes that `numpy.save` writes.
  ///
  /// - Throws: `TensorError` for strings, for `BFloat16`, for which the format has no type, and
  ///   for more than 64 dimensions.
  public func npy() throws -> [UInt8] {
    var result = try npyHeader()
    withUnsafeBytes { result.append(contentsOf: $0) }
    return result
  }

  /// Writes the tensor to a `.npy` file, the same bytes that `numpy.save` writes.
  ///
  /// The path names either what it named before or the whole file, at every moment.
  ///
  /// - Throws: `TensorError` as `npy()` does, or when the file cannot be written.
  public func writeNPY(to path: String) throws {
    do {
      let header = try npyHeader()
      try writeFileAtomically(path) { write in
        try header.withUnsafeBytes(write)
        try withUnsafeBytes(write)
      }
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }

  /// What stands before the elements.
  func npyHeader() throws -> [UInt8] {
    if let literalError { throw literalError }
    guard rank <= NPYHeader.maximumRank else {
      throw TensorError(
        "NumPy has no more than \(NPYHeader.maximumRank) dimensions, but the tensor has \(rank)")
    }
    let descriptor = try NPYElement.descriptor(of: dataType)
    return NPYHeader(descriptor: descriptor, dimensions: dimensions).fileBytes
  }
}
