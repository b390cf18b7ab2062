import Tensors

/// A file of which parts are read, in any order and by several threads; closed with the last user.
final class DataFile: Sendable {
  private let file: OpenFile
  /// The size when the file was opened.
  let byteCount: Int

  var path: String { file.path }

  /// - Throws: `TensorError` when the file cannot be read, or is none of which parts can be.
  init(_ path: String) throws {
    file = try OpenFile(reading: path)
    do {
      guard let size = try file.regularSize(limit: .max) else {
        throw TensorError("cannot read '\(path)': its parts are read in any order, a pipe is not")
      }
      byteCount = size
    } catch {
      file.close()
      throw error
    }
  }

  deinit { file.close() }

  /// Fills the buffer with the bytes from `offset` on.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    try file.readFully(into: buffer, at: offset)
  }

  /// `count` bytes from `offset` on.
  func bytes(_ count: Int, at offset: Int) throws -> [UInt8] {
    // The memory is asked for after it is known that the file has the bytes.
    guard count <= byteCount, offset <= byteCount - count else {
      throw TensorError(
        "'\(path)' has \(byteCount) bytes, but \(count) at byte \(offset) were expected")
    }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      written = count
    }
  }

  /// Fills memory with the elements that stand at `offset`; `check` sees the bytes before anyone
  /// uses them.
  func readElements(
    of dataType: DataType, at offset: Int, into memory: UnsafeMutableRawBufferPointer,
    check: (UnsafeRawBufferPointer) throws -> Void = { _ in }
  ) throws {
    try read(into: memory, at: offset)
    try check(UnsafeRawBufferPointer(memory))
    // A Bool of Swift must be 0 or 1, whatever the file says.
    guard dataType == .bool else { return }
    for index in memory.indices where memory[index] > 1 { memory[index] = 1 }
  }
}
