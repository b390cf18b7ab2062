extension Tensor {
  /// The array of `.npy` data of version 1.0, 2.0 or 3.0.
  ///
  /// Big-endian data is swapped and Fortran order transposed. Fixed-width strings become strings
  /// without the padding after them.
  ///
  /// - Throws: `TensorError` when the data is damaged, is shorter or longer than its header says,
  ///   or holds elements that no tensor holds.
  public init(npy bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    self = try readNPY(byteCount: bytes.count) { buffer in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest.prefix(buffer.count)))
      rest = rest.dropFirst(buffer.count)
    }
  }

  /// The array of `.npy` data of version 1.0, 2.0 or 3.0.
  ///
  /// - Throws: As the initialiser that takes a buffer.
  public init(npy bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBytes { try Tensor(npy: $0) }
  }

  /// The array of a `.npy` file of version 1.0, 2.0 or 3.0.
  ///
  /// - Parameters:
  ///   - path: A file, or a pipe.
  ///   - limit: The largest file to accept, in bytes.
  /// - Throws: `TensorError` that names the path, when the file cannot be read, is damaged, is
  ///   larger than the limit, or holds elements that no tensor holds.
  public init(npyFile path: String, limit: Int = 1 << 36) throws {
    let file = try OpenFile(reading: path)
    defer { file.close() }
    do {
      if let size = try file.regularSize(limit: limit) {
        self = try readNPY(byteCount: size, fill: file.readFully)
      } else {
        self = try Tensor(npy: file.readAll(limit: limit))
      }
    } catch let error as TensorError {
      throw error.naming(path)
    }
  }
}

extension TensorError {
  /// The same error, with the path of the file that it concerns.
  func naming(_ path: String) -> TensorError {
    description.contains("'\(path)'") ? self : TensorError("'\(path)': \(description)")
  }
}

/// Reads `.npy` data piece by piece, straight into the memory of the tensor.
///
/// - Parameters:
///   - byteCount: How many bytes there are.
///   - fill: Fills the buffer with the bytes that come next, of which there are enough.
func readNPY(
  byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void
) throws -> Tensor {
  let (header, dataCount) = try readNPYHeader(byteCount: byteCount, fill: fill)
  let element = try header.checkedElement(dataCount: dataCount)
  // Memory is Fortran order's when the dimensions are taken in reverse.
  let stored = header.isColumnMajor ? header.dimensions.reversed() : header.dimensions
  var result: Tensor
  switch element.kind {
  case .fixed(let dataType):
    result = try Tensor(uninitialized: dataType, dimensions: stored) { buffer in
      try element.read(into: buffer, fill)
    }
  case .bytes, .text:
    var bytes = [UInt8](repeating: 0, count: dataCount)
    try bytes.withUnsafeMutableBytes(fill)
    result = try Tensor(strings: npyStrings(in: bytes, element), dimensions: stored)
  }
  return header.isColumnMajor ? try result.transposed() : result
}

func readNPYHeader(
  byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Void
) throws -> (header: NPYHeader, dataCount: Int) {
  var rest = byteCount
  func next(_ count: Int) throws -> [UInt8] {
    guard count <= rest else {
      throw TensorError("the npy data ends within its header, after \(byteCount) bytes")
    }
    rest -= count
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes(fill)
    return bytes
  }
  guard try next(NPYHeader.magic.count) == NPYHeader.magic else {
    throw TensorError("this is no npy data: it does not begin with \\x93NUMPY")
  }
  let version = try next(2)
  guard [[1, 0], [2, 0], [3, 0]].contains(version) else {
    throw TensorError(
      "npy version \(version[0]).\(version[1]) is unknown; 1.0, 2.0 and 3.0 are read")
  }
  let lengthBytes = try next(version[0] == 1 ? 2 : 4)
  let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  guard length <= 1 << 20 else {
    throw TensorError("the header of the npy data claims \(length) bytes, which none needs")
  }
  return (try NPYHeader(parsing: next(length)), rest)
}

extension NPYHeader {
  /// How the elements are stored, once there are as many bytes of them as the header says.
  ///
  /// - Throws: `TensorError` for elements that no tensor holds, or another number of bytes.
  func checkedElement(dataCount: Int) throws -> NPYElement {
    let element = try NPYElement(descriptor: descriptor)
    let count = try Tensor.checkedElementCount(dimensions)
    let (expected, overflow) = count.multipliedReportingOverflow(by: element.byteCount)
    guard !overflow, expected == dataCount else {
      throw TensorError(
        "the header promises \(overflow ? "too many" : "\(expected)") bytes of elements of shape "
          + "\(Shape(dimensions)), but there are \(dataCount)")
    }
    return element
  }
}

extension NPYElement {
  /// The type of a tensor of such elements.
  var dataType: DataType {
    if case .fixed(let dataType) = kind { return dataType }
    return .string
  }

  /// Fills a buffer with elements of fixed size, as a tensor has them.
  func read(
    into buffer: UnsafeMutableRawBufferPointer,
    _ fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    try fill(buffer)
    if isByteSwapped { swapBytes(of: buffer, width: byteCount) }
    if dataType == .bool { normalizeBooleans(buffer) }
  }
}

/// Reverses the bytes of each word of that width.
package func swapBytes(of buffer: UnsafeMutableRawBufferPointer, width: Int) {
  func swap<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type) {
    let words = buffer.bindMemory(to: type)
    for index in words.indices { words[index] = words[index].byteSwapped }
  }
  switch width {
  case 2: swap(UInt16.self)
  case 4: swap(UInt32.self)
  case 8: swap(UInt64.self)
  default: break
  }
}

private func normalizeBooleans(_ buffer: UnsafeMutableRawBufferPointer) {
  for index in buffer.indices where buffer[index] > 1 { buffer[index] = 1 }
}

private func npyStrings(in bytes: [UInt8], _ element: NPYElement) throws -> [[UInt8]] {
  try (0..<bytes.count / element.byteCount).map { index in
    let stored = bytes[index * element.byteCount..<(index + 1) * element.byteCount]
    if element.kind == .bytes { return Array(stored.trimmingZeros(unit: 1)) }
    var text = String.UnicodeScalarView()
    let used = stored.trimmingZeros(unit: 4)
    for start in stride(from: used.startIndex, to: used.endIndex, by: 4) {
      let word = used[start..<start + 4].reversed().reduce(0) { UInt32($0) << 8 | UInt32($1) }
      let value = element.isByteSwapped ? word.byteSwapped : word
      guard let scalar = Unicode.Scalar(value) else {
        throw TensorError("string \(index) holds \(value), which is no Unicode scalar")
      }
      text.append(scalar)
    }
    return Array(String(text).utf8)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without the units of zeros at their end.
  fileprivate func trimmingZeros(unit: Int) -> ArraySlice<UInt8> {
    var rest = self
    while rest.count >= unit, rest.suffix(unit).allSatisfy({ $0 == 0 }) {
      rest = rest.dropLast(unit)
    }
    return rest
  }
}
