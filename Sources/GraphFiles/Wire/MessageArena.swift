internal import CProtobufC

/// The memory that messages under construction point into; it goes when the arena goes.
package final class MessageArena {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var unpacked: [UnsafeMutablePointer<ProtobufCMessage>] = []

  package init() {}

  deinit {
    for block in blocks { block.deallocate() }
    for message in unpacked { protobuf_c_message_free_unpacked(message, nil) }
  }

  private func allocate<Element>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: count)
    blocks.append(UnsafeMutableRawPointer(block))
    return block
  }

  /// A message that the generated function has set to its defaults.
  package func message<Message>(
    _ initialize: (UnsafeMutablePointer<Message>?) -> Void
  ) -> UnsafeMutablePointer<Message> {
    let message: UnsafeMutablePointer<Message> = allocate(1)
    initialize(message)
    return message
  }

  /// A copy of elements; no memory for none.
  package func array<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let block: UnsafeMutablePointer<Element> = allocate(elements.count)
    block.initialize(from: elements, count: elements.count)
    return block
  }

  /// A copy of bytes.
  package func bytes(_ bytes: UnsafeRawBufferPointer) -> ProtobufCBinaryData {
    guard !bytes.isEmpty else { return ProtobufCBinaryData(len: 0, data: nil) }
    let block: UnsafeMutablePointer<UInt8> = allocate(bytes.count)
    UnsafeMutableRawPointer(block).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
    return ProtobufCBinaryData(len: bytes.count, data: block)
  }

  /// A copy of bytes.
  package func bytes(_ bytes: [UInt8]) -> ProtobufCBinaryData {
    bytes.withUnsafeBytes { self.bytes($0) }
  }

  /// A copy of a text as UTF-8.
  package func text(_ text: String) -> ProtobufCBinaryData {
    var text = text
    return text.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
  }

  /// Copies of texts as UTF-8.
  package func texts(_ texts: [String]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
    array(texts.map { text($0) })
  }

  /// Takes over a message that protobuf-c has unpacked.
  func own(_ message: UnsafeMutableRawPointer) {
    unpacked.append(message.assumingMemoryBound(to: ProtobufCMessage.self))
  }
}

/// The bytes of a message.
package func packed(_ message: UnsafePointer<ProtobufCMessage>) -> [UInt8] {
  let count = protobuf_c_message_get_packed_size(message)
  return Array(unsafeUninitializedCapacity: count) { buffer, written in
    // The capacity may be nothing, but the address must be something.
    guard let base = buffer.baseAddress, count > 0 else { return written = 0 }
    written = protobuf_c_message_pack(message, base)
  }
}
