import Tensors

/// The bytes of a file in their order, decompressed where the file is gzip data.
///
/// Gzip data is told by its first two bytes, whatever the file's name. Every error names the file
/// and the place in it.
final class FileContent {
  /// The path, or whatever messages are to call the data.
  let name: String
  /// How many bytes were read so far.
  private(set) var offset = 0
  private let bytes: [UInt8]
  private let gzip: GzipReader?

  /// The content of a file.
  ///
  /// - Parameter limit: The largest file to accept, in bytes.
  convenience init(file path: String, limit: Int) throws {
    try self.init(readFile(path, limit: limit), name: path)
  }

  init(_ bytes: [UInt8], name: String) throws {
    self.name = name
    self.bytes = bytes
    gzip = bytes.starts(with: GzipReader.magic) ? try GzipReader(bytes) : nil
  }

  /// The most bytes that there can be, from the first on.
  var capacity: Int {
    guard gzip != nil else { return bytes.count }
    let (product, overflow) = bytes.count.multipliedReportingOverflow(
      by: GzipReader.maximumExpansion)
    return overflow ? .max : product
  }

  /// An error that names the file.
  func error(_ text: String) -> TensorError {
    TensorError("'\(name)': \(text)")
  }

  /// Where a byte of the content stands, for a message.
  func place(_ offset: Int) -> String {
    gzip == nil ? "byte \(offset)" : "byte \(offset) of the decompressed data"
  }

  /// The next bytes.
  ///
  /// - Parameter purpose: What the bytes are, as `the header`.
  /// - Throws: `TensorError` when there are fewer; nothing is allocated in that case.
  func next(_ count: Int, _ purpose: String) throws -> [UInt8] {
    try checkCapacity(count, purpose)
    var result = [UInt8](repeating: 0, count: count)
    try result.withUnsafeMutableBytes { try fill($0, purpose) }
    return result
  }

  /// Makes sure that so many more bytes are possible at all, before memory is asked for.
  func checkCapacity(_ count: Int, _ purpose: String) throws {
    guard count <= capacity - min(offset, capacity) else {
      let found =
        gzip == nil
        ? "the file ends after byte \(bytes.count)"
        : "\(bytes.count) bytes of gzip data cannot hold them"
      throw error("\(purpose) takes \(count) bytes from \(place(offset)) on, but \(found)")
    }
  }

  /// Fills the buffer with the next bytes.
  ///
  /// - Throws: `TensorError` when there are fewer.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, _ purpose: String) throws {
    let count = try read(into: buffer)
    let start = offset
    offset += count
    guard count == buffer.count else {
      throw error(
        "\(purpose) takes \(buffer.count) bytes from \(place(start)) on, but there are \(count)")
    }
  }

  /// Makes sure that no byte is left, and that the checksum of gzip data is right.
  func expectEnd() throws {
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { try read(into: $0) }
    guard count == 0 else {
      throw error("the end was expected at \(place(offset)), but more bytes follow")
    }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let gzip else {
      let part = bytes[min(offset, bytes.count)...].prefix(buffer.count)
      part.withUnsafeBytes { buffer.copyMemory(from: $0) }
      return part.count
    }
    do {
      return try gzip.read(into: buffer)
    } catch let problem as TensorError {
      throw error(problem.description)
    }
  }
}
