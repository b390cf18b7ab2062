/// Builds a table with the layout that TensorFlow's own writer chooses.
struct TableWriter {
  /// The size at which a block of entries ends.
  private static let blockSize = 1 << 18

  private var output: [UInt8] = []
  private var entries = TableBlock(restartInterval: 16)
  private var index = TableBlock(restartInterval: 1)
  /// The block that ended last, which the index lists when it is known what follows.
  private var pending: Table.Handle?

  /// Adds an entry.
  ///
  /// - Precondition: The key comes after those added before.
  mutating func append(key: [UInt8], value: [UInt8]) {
    listPending(before: key)
    entries.append(key: key, value: value)
    if entries.byteCount >= Self.blockSize { endBlock() }
  }

  /// The bytes of the whole table.
  mutating func finish() -> [UInt8] {
    if !entries.isEmpty { endBlock() }
    let empty = write(TableBlock(restartInterval: 16))
    listPending(before: nil)
    let footer = empty.bytes + write(index).bytes
    output += footer + [UInt8](repeating: 0, count: Table.footerSize - 8 - footer.count)
    output.append(fixed: Table.magic)
    return output
  }

  private mutating func endBlock() {
    pending = write(entries)
    entries = TableBlock(restartInterval: 16, lastKey: entries.lastKey)
  }

  private mutating func listPending(before key: [UInt8]?) {
    guard let handle = pending else { return }
    index.append(key: separator(after: entries.lastKey, before: key), value: handle.bytes)
    pending = nil
  }

  private mutating func write(_ block: TableBlock) -> Table.Handle {
    let bytes = block.finished
    let handle = Table.Handle(offset: output.count, size: bytes.count)
    output += bytes
    output.append(0)
    var checksum = Checksum()
    checksum.combine(bytes)
    checksum.combine(0 as UInt8)
    output.append(fixed: checksum.masked)
    return handle
  }
}

/// The entries of one block.
struct TableBlock {
  private let restartInterval: Int
  private var bytes: [UInt8] = []
  private var restarts: [UInt32] = [0]
  private var entriesSinceRestart = 0
  /// The key added last, of this block or of the one before.
  private(set) var lastKey: [UInt8]

  /// An empty block, which follows one that ends with `lastKey`.
  init(restartInterval: Int, lastKey: [UInt8] = []) {
    self.restartInterval = restartInterval
    self.lastKey = lastKey
  }

  var isEmpty: Bool { bytes.isEmpty }
  /// The size that the block has when it ends here.
  var byteCount: Int { bytes.count + 4 * restarts.count + 4 }

  mutating func append(key: [UInt8], value: [UInt8]) {
    var shared = 0
    if entriesSinceRestart == restartInterval {
      restarts.append(UInt32(bytes.count))
      entriesSinceRestart = 0
    } else if !isEmpty {
      shared = sharedPrefix(lastKey, key)
    }
    bytes.append(varint: shared)
    bytes.append(varint: key.count - shared)
    bytes.append(varint: value.count)
    bytes += key[shared...]
    bytes += value
    lastKey = key
    entriesSinceRestart += 1
  }

  /// All bytes of the block.
  var finished: [UInt8] {
    var result = bytes
    for restart in restarts { result.append(fixed: restart) }
    result.append(fixed: UInt32(restarts.count))
    return result
  }
}

private func sharedPrefix(_ a: [UInt8], _ b: [UInt8]) -> Int {
  zip(a, b).prefix { $0 == $1 }.count
}

/// A short key that is not before `last` and, where there is a next one, before `next`.
private func separator(after last: [UInt8], before next: [UInt8]?) -> [UInt8] {
  guard let next else {
    guard let place = last.firstIndex(where: { $0 < 0xFF }) else { return last }
    return last[..<place] + [last[place] + 1]
  }
  let place = sharedPrefix(last, next)
  guard place < min(last.count, next.count), last[place] < 0xFF, last[place] + 1 < next[place]
  else { return last }
  return last[..<place] + [last[place] + 1]
}
