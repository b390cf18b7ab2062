import Tensors

extension Tensor {
  /// The array of an IDX file, the format in which MNIST is published, plain or gzip.
  ///
  /// Numbers of types 08, 09, 0B, 0C, 0D and 0E, big-endian in the file, become `UInt8`, `Int8`,
  /// `Int16`, `Int32`, `Float32` and `Float64`.
  ///
  /// - Parameters:
  ///   - path: A file, or a pipe.
  ///   - limit: The largest file to accept, and the largest array, in bytes.
  /// - Throws: `TensorError` with the path, the place, what was expected and what was found, when
  ///   the file cannot be read, is damaged, is shorter or longer than its header says, or is
  ///   larger than the limit. Sizes are checked before memory is asked for.
  public init(idxFile path: String, limit: Int = 1 << 36) throws {
    self = try readIDX(FileContent(file: path, limit: limit), limit: limit)
  }

  /// The array of IDX data, plain or gzip.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of an IDX file.
  ///   - limit: The largest array to accept, in bytes.
  /// - Throws: As the initialiser that takes a path.
  public init(idx bytes: [UInt8], limit: Int = 1 << 36) throws {
    self = try readIDX(FileContent(bytes, name: "IDX data"), limit: limit)
  }
}

/// The array of an IDX file, whose elements are read from the file when they are used; `nil` where
/// they do not stand in the file as a tensor has them, or anything is not as expected.
func mappedIDX(_ path: String) -> Tensor? {
  guard let file = try? OpenFile(reading: path) else { return nil }
  defer { file.close() }
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: range.count)
    try result.withUnsafeMutableBytes { try file.readFully(into: $0, at: range.lowerBound) }
    return result
  }
  guard let magic = try? bytes(0..<4), magic[0...2] == [0, 0, 0x08],
    let sizes = try? bytes(4..<idxHeaderSize(rank: Int(magic[3])))
  else { return nil }
  let dimensions = idxDimensions(sizes)
  return try? Tensor.mapped(
    file, .uint8, dimensions: dimensions, offset: idxHeaderSize(rank: dimensions.count))
}

/// Where the first element of an array of that rank stands.
func idxHeaderSize(rank: Int) -> Int { 4 + 4 * rank }

/// The array that the content is.
func readIDX(_ content: FileContent, limit: Int) throws -> Tensor {
  let magic = try content.next(4, "the header")
  guard magic[0] == 0, magic[1] == 0 else {
    throw content.error(
      "this is no IDX data: bytes 0 0 were expected at \(content.place(0)), found "
        + "\(magic[0]) \(magic[1])")
  }
  guard let dataType = idxDataType(magic[2]) else {
    throw content.error(
      "a type of elements (8, 9, 11, 12, 13 or 14) was expected at \(content.place(2)), found "
        + "\(magic[2])")
  }
  let rank = Int(magic[3])
  let sizes = try content.next(4 * rank, "the list of \(rank) sizes")
  let dimensions = idxDimensions(sizes)
  guard let byteCount = TensorType(dataType, Shape(dimensions)).byteCount, byteCount <= limit else {
    throw content.error(
      "the sizes \(dimensions) of \(dataType) at \(content.place(4)) are more than the limit of "
        + "\(limit) bytes")
  }
  let purpose = "an array of sizes \(dimensions) of \(dataType)"
  try content.checkCapacity(byteCount, purpose)
  let result = try Tensor(uninitialized: dataType, dimensions: dimensions) { buffer in
    try content.fill(buffer, purpose)
    swapBytes(of: buffer, width: dataType.byteCount)
  }
  try content.expectEnd()
  return result
}

/// The sizes that a header lists.
private func idxDimensions(_ sizes: [UInt8]) -> [Int] {
  stride(from: 0, to: sizes.count, by: 4).map { start in
    sizes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}

private func idxDataType(_ code: UInt8) -> DataType? {
  switch code {
  case 0x08: .uint8
  case 0x09: .int8
  case 0x0B: .int16
  case 0x0C: .int32
  case 0x0D: .float32
  case 0x0E: .float64
  default: nil
  }
}
