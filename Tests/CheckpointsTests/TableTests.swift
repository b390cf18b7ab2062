import Tensors
import Testing

@testable import Checkpoints

@Suite struct TableTests {
  private func table(_ entries: [(String, [UInt8])]) -> [UInt8] {
    var writer = TableWriter()
    for (key, value) in entries { writer.append(key: Array(key.utf8), value: value) }
    return writer.finish()
  }

  private func read(_ bytes: [UInt8]) throws -> [(String, [UInt8])] {
    var result: [(String, [UInt8])] = []
    try TableReader.read(bytes, file: "t.index") { key, value in
      var value = value
      let range = try value.take(value.remaining, "all")
      result.append((String(decoding: key, as: UTF8.self), Array(value.bytes[range])))
    }
    return result
  }

  /// The bytes of a table of one block, with the checksum that belongs to them.
  private func table(block: [UInt8], compression: UInt8 = 0) -> [UInt8] {
    func sealed(_ block: [UInt8], _ compression: UInt8 = 0) -> [UInt8] {
      var checksum = Checksum()
      checksum.combine(block + [compression])
      var result = block + [compression]
      result.append(fixed: checksum.masked)
      return result
    }
    var index = TableBlock(restartInterval: 1)
    index.append(key: [0xFF], value: Table.Handle(offset: 0, size: block.count).bytes)
    var result = sealed(block, compression)
    let indexStart = result.count
    result += sealed(index.finished)
    let handle = Table.Handle(offset: indexStart, size: index.finished.count).bytes
    let footer = handle + handle
    result += footer + [UInt8](repeating: 0, count: 40 - footer.count)
    result.append(fixed: Table.magic)
    return result
  }

  @Test func roundTrip() throws {
    for count in [0, 1, 15, 16, 17, 40, 20_000] {
      let keys = (0..<count).map { "layer/\($0 % 7)/" + String($0, radix: 3) }.sorted()
      let entries = keys.map { ($0, Array($0.utf8.suffix(20))) }
      let bytes = table(entries)
      let copy = try read(bytes)
      #expect(copy.map(\.0) == keys)
      #expect(copy.map(\.1) == entries.map(\.1))
      #expect(table(entries) == bytes)
    }
  }

  @Test func keysOfEveryKind() throws {
    let keys: [[UInt8]] = [[], [0], [0, 0], [0, 255], [1], [254, 255], [255], [255, 255]]
    var writer = TableWriter()
    for key in keys { writer.append(key: key, value: key) }
    var copy: [[UInt8]] = []
    try TableReader.read(writer.finish(), file: "t") { key, _ in copy.append(key) }
    #expect(copy == keys)
  }

  @Test func whatIsNoTable() {
    #expect(message { try read([]) }.contains("'t.index' at byte 0: expected a table"))
    let zeros = [UInt8](repeating: 0, count: 100)
    #expect(
      message { try read(zeros) }
        == "'t.index' at byte 92: expected the magic number of a table, db4775248b80fb57, but "
        + "there is 0")
  }

  @Test func everyChangedByteOfABlockIsFound() throws {
    let bytes = table([("a", [1, 2]), ("b", [3])])
    // All before the footer's padding.
    for position in 0..<bytes.count - 48 {
      var changed = bytes
      changed[position] ^= 0x10
      #expect(message { try read(changed) }.hasPrefix("'t.index' at byte"))
    }
  }

  @Test func blocksThatAreWrong() {
    let one: [UInt8] = [1, 0, 0, 0]
    let restarts = [0, 0, 0, 0] + one
    #expect(message { try read(table(block: [])) }.contains("takes 4 bytes or more"))
    #expect(message { try read(table(block: [9, 0, 0, 0])) }.contains("end with 9 restarts"))
    #expect(
      message { try read(table(block: [1, 1, 0, 65] + restarts)) }
        .contains("a key shares 1 bytes with the one before, which has 0"))
    #expect(
      message { try read(table(block: [0, 9, 0, 65] + restarts)) }
        .contains("a key takes 9 bytes, but 1 are left"))
    #expect(
      message { try read(table(block: [0, 1, 9, 65] + restarts)) }
        .contains("a value takes 9 bytes, but 0 are left"))
    #expect(message { try read(table(block: [0x80] + restarts)) }.contains("does not end"))
    let twice: [UInt8] = [0, 1, 0, 65, 0, 1, 0, 65]
    #expect(message { try read(table(block: twice + restarts)) }.contains("out of order"))
    #expect(
      message { try read(table(block: restarts, compression: 1)) }
        == "'t.index' at byte 8: the block is compressed by Snappy (1); only blocks without "
        + "compression (0) are read, as TensorFlow writes them")
  }

  /// Keys that share a long beginning take few bytes of a file and many of memory.
  @Test func longKeysAreLimited() {
    var block: [UInt8] = [0]
    block.append(varint: 10_000)
    block.append(0)
    block += [UInt8](repeating: 65, count: 10_000)
    for length in 10_000..<30_000 {
      block.append(varint: length)
      block += [1, 0, 65]
    }
    block += [0, 0, 0, 0, 1, 0, 0, 0]
    let text = message { try TableReader.read(table(block: block), file: "t") { _, _ in } }
    #expect(text.contains("the keys up to here are too long for a file of this size"), "\(text)")
  }
}
