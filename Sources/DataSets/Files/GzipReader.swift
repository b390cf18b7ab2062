import CZlib
import Tensors

/// Decompresses gzip data piece by piece.
final class GzipReader {
  /// What gzip data begins with.
  static let magic: [UInt8] = [0x1F, 0x8B]
  /// The most that deflate can expand a byte to.
  static let maximumExpansion = 1032

  private let compressed: [UInt8]
  private var position = 0
  private var isFinished = false
  // The library remembers where its stream lies.
  private let stream: UnsafeMutablePointer<z_stream>

  init(_ compressed: [UInt8]) throws {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // The largest window, and 16 for gzip's own header and checksum.
    let status = inflateInit2_(
      stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      throw TensorError("zlib does not start (status \(status))")
    }
    self.compressed = compressed
    self.stream = stream
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Fills the buffer, or as much of it as there is data left for.
  ///
  /// The checksum is compared when the end is read, so that whoever wants to rely on the data
  /// asks for one byte more than there should be.
  ///
  /// - Returns: The number of bytes written.
  /// - Throws: `TensorError` with the place in the compressed data, when that is damaged or ends
  ///   too early.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < buffer.count, !isFinished {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let status = inflateStep(into: rest, filled: &filled)
      switch status {
      case Z_OK:
        continue
      case Z_STREAM_END:
        try finishMember()
      case Z_BUF_ERROR:
        throw TensorError(
          "the gzip data is cut off: it ends after \(compressed.count) bytes, before its checksum")
      case Z_MEM_ERROR:
        throw TensorError("the system has no memory left to decompress the gzip data")
      default:
        let reason = stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)"
        throw TensorError("the gzip data is damaged before byte \(position): \(reason)")
      }
    }
    return filled
  }

  private func inflateStep(
    into buffer: UnsafeMutableRawBufferPointer, filled: inout Int
  ) -> Int32 {
    let room = min(buffer.count, 1 << 30)
    let available = min(compressed.count - position, 1 << 30)
    return compressed.withUnsafeBufferPointer { input in
      let start = input.baseAddress.map { $0 + position }
      stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
      stream.pointee.avail_in = UInt32(available)
      stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(room)
      let status = inflate(stream, Z_NO_FLUSH)
      position += available - Int(stream.pointee.avail_in)
      filled += room - Int(stream.pointee.avail_out)
      return status
    }
  }

  /// Goes on with the next member, of which a file may have several; zeros may follow the last.
  private func finishMember() throws {
    let end = position
    while position < compressed.count, compressed[position] == 0 { position += 1 }
    if position == compressed.count {
      isFinished = true
    } else if compressed[position...].starts(with: Self.magic) {
      inflateReset(stream)
    } else {
      throw TensorError(
        "\(compressed.count - end) bytes that are no gzip data follow its end at byte \(end)")
    }
  }
}
