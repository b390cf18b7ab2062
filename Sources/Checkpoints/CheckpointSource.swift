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

/// An archive that is in memory.
struct ArchiveSource: CheckpointSource {
  let path: String
  let archive: TensorArchive

  var format: Checkpoint.Format { .npz }

  var entries: [Checkpoint.Entry] {
    zip(archive.names, archive.tensors).map { name, tensor in
      Checkpoint.Entry(
        name: name, dataType: tensor.dataType, storedType: tensor.dataType.name,
        dimensions: tensor.dimensions)
    }
  }

  func tensor(at position: Int) throws -> Tensor { archive.tensors[position] }
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
