import Tensors

/// The format of CIFAR-10's binary version: records of a label and three planes of 32×32 bytes.
private enum Record {
  static let side = 32
  static let planeSize = side * side
  static let byteCount = 1 + 3 * planeSize
  static let greatestLabel: UInt8 = 9
}

extension Examples {
  /// The examples of files in CIFAR-10's binary format, one file after the other.
  ///
  /// The images are `[n, 32, 32, 3]`, red, green and blue of a pixel side by side. The files have
  /// them in planes with labels in between, so that they are read at once and not in place.
  ///
  /// - Parameters:
  ///   - paths: The files; each record is a byte for the label and 3072 bytes in planes.
  ///   - limit: The most bytes that the files may hold together.
  /// - Throws: `TensorError` with the path, the place, what was expected and what was found, when
  ///   a file cannot be read, is empty, is not a whole number of records, or holds a label
  ///   beyond 9.
  public init(cifar10Files paths: [String], limit: Int = 1 << 34) throws {
    var total = 0
    let counts = try paths.map { path in
      let size = try fileSize(path)
      guard size <= limit - total else {
        throw TensorError("'\(path)' holds \(size) bytes, which passes the limit of \(limit)")
      }
      total += size
      return try recordCount(of: path, byteCount: size)
    }
    let count = counts.reduce(0, +)
    var labels: [Int32] = []
    let pixels = try Tensor(
      uninitialized: .uint8, dimensions: [count, Record.side, Record.side, 3]
    ) { buffer in
      var rest = buffer[...]
      for (path, count) in zip(paths, counts) {
        let bytes = try readFile(path, limit: count * Record.byteCount)
        guard bytes.count == count * Record.byteCount else {
          throw TensorError(
            "'\(path)' shrank from \(count * Record.byteCount) to \(bytes.count) bytes while it "
              + "was read")
        }
        labels += try recordLabels(of: path, bytes)
        let part = UnsafeMutableRawBufferPointer(
          rebasing: rest.prefix(count * 3 * Record.planeSize))
        bytes.withUnsafeBytes { interleaveRecords(count, of: $0, into: part) }
        rest = rest.dropFirst(part.count)
      }
    }
    try self.init(pixels: pixels, labels: Tensor(labels))
  }
}

private func recordCount(of path: String, byteCount: Int) throws -> Int {
  let (count, rest) = byteCount.quotientAndRemainder(dividingBy: Record.byteCount)
  guard rest == 0, count > 0 else {
    throw TensorError(
      "'\(path)' holds \(byteCount) bytes: records of \(Record.byteCount) bytes were expected, "
        + "found \(count) whole ones and \(rest) bytes at byte \(count * Record.byteCount)")
  }
  return count
}

private func recordLabels(of path: String, _ bytes: [UInt8]) throws -> [Int32] {
  try stride(from: 0, to: bytes.count, by: Record.byteCount).map { offset in
    guard bytes[offset] <= Record.greatestLabel else {
      throw TensorError(
        "'\(path)': a label of 0 through \(Record.greatestLabel) was expected at byte \(offset) "
          + "(record \(offset / Record.byteCount)), found \(bytes[offset])")
    }
    return Int32(bytes[offset])
  }
}

/// Writes the pixels of the records with the three colours of each side by side.
private func interleaveRecords(
  _ count: Int, of records: UnsafeRawBufferPointer, into pixels: UnsafeMutableRawBufferPointer
) {
  guard var source = records.baseAddress?.assumingMemoryBound(to: UInt8.self),
    var target = pixels.baseAddress?.assumingMemoryBound(to: UInt8.self)
  else { return }
  for _ in 0..<count {
    let red = source + 1
    let green = red + Record.planeSize
    let blue = green + Record.planeSize
    var pixel = 0
    while pixel < Record.planeSize {
      target[0] = red[pixel]
      target[1] = green[pixel]
      target[2] = blue[pixel]
      target += 3
      pixel += 1
    }
    source += Record.byteCount
  }
}
