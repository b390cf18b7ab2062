import Checkpoints
import Tensors

/// A new file of records in TensorFlow's form, to which further ones are appended.
///
/// A record is its length in 8 bytes, the masked CRC-32C of these, its bytes, and the masked
/// CRC-32C of these. Records wait in memory until they are flushed, all whole, so that a process
/// that is killed at any moment leaves a file whose records are good up to the last.
struct RecordFile: ~Copyable {
  private let file: OpenFile
  private var pending: [UInt8] = []
  /// How many records wait.
  private(set) var pendingCount = 0

  var path: String { file.path }

  /// A new file of the first of the names that nothing has yet.
  init(inFolder folder: String, names: some Sequence<String>) throws {
    for name in names {
      guard let file = try OpenFile.creating(join(folder, name)) else { continue }
      self.file = file
      return
    }
    throw TensorError("'\(folder)' has files of all names that an event file could have")
  }

  deinit { file.close() }

  mutating func append(_ record: [UInt8]) {
    var length = Checksum()
    length.combine(UInt64(record.count))
    var content = Checksum()
    content.combine(record)
    pending.append(number: UInt64(record.count))
    pending.append(number: length.masked)
    pending += record
    pending.append(number: content.masked)
    pendingCount += 1
  }

  /// Writes the records that wait.
  ///
  /// - Throws: `TensorError` with the path and the system's reason. The records are then lost, so
  ///   that a full disk does not fill the memory, too.
  mutating func flush() throws {
    guard pendingCount > 0 else { return }
    defer {
      pending.removeAll(keepingCapacity: pending.capacity < 1 << 20)
      pendingCount = 0
    }
    try pending.withUnsafeBytes { try file.write($0) }
  }
}

extension [UInt8] {
  /// Appends all bytes of a number, the lowest first.
  fileprivate mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
