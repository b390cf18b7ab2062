import Tensors

/// What a format has to do: list what a file holds, and read one tensor of it.
protocol CheckpointSource: Sendable {
  var format: Checkpoint.Format { get }
  /// What was read: a file, or the prefix of several.
  var path: String { get }
  /// The tensors in any order.
  var entries: [Checkpoint.Entry] { get }
  /// What the file says of itself.
  var metadata: [String: String] { get }

  /// The tensor that the entry of that position describes.
  func tensor(at position: Int) throws -> Tensor
  /// Fills memory of its size with the elements of that tensor, which are no texts.
  func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws
}

extension CheckpointSource {
  var metadata: [String: String] { [:] }

  func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws {
    try tensor(at: position).withUnsafeBytes { memory.copyMemory(from: $0) }
  }
}

/// A `.npz` file.
struct ArchiveSource: CheckpointSource {
  private let file: NPZFile

  /// - Parameter limit: The most bytes that all arrays together may take.
  init(path: String, limit: Int) throws { file = try NPZFile(path, limit: limit) }

  var format: Checkpoint.Format { .npz }
  var path: String { file.path }

  var entries: [Checkpoint.Entry] {
    file.entries.map { entry in
      Checkpoint.Entry(
        name: entry.name, dataType: entry.dataType, storedType: entry.dataType.name,
        dimensions: entry.dimensions)
    }
  }

  func tensor(at position: Int) throws -> Tensor { try file.tensor(at: position) }

  func read(at position: Int, into memory: UnsafeMutableRawBufferPointer) throws {
    try file.read(at: position, into: memory)
  }
}

extension Tensor {
  /// The number of elements and of bytes that a stored tensor takes; `nil` when they overflow.
  static func extent(
    _ dataType: DataType?, _ dimensions: [Int]
  ) -> (elementCount: Int, byteCount: Int)? {
    guard let count = Shape.elementCount(of: dimensions) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dataType?.byteCount ?? 0)
    return overflow ? nil : (count, bytes)
  }
}
