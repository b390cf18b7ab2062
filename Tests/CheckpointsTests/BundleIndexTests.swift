import Tensors
import Testing

@testable import Checkpoints

/// Indexes that no writer of ours makes, with checksums that match.
@Suite struct BundleIndexTests {
  private func index(
    header: [UInt8] = BundleHeader().bytes, _ entries: [([UInt8], [UInt8])] = []
  ) throws -> BundleIndex {
    var table = TableWriter()
    table.append(key: [], value: header)
    for (key, value) in entries { table.append(key: key, value: value) }
    return try BundleIndex(table.finish(), path: "m.index")
  }

  private func entry(_ change: (inout BundleEntry) -> Void = { _ in }) -> [UInt8] {
    var entry = BundleEntry()
    (entry.typeNumber, entry.dimensions, entry.byteCount) = (1, [2], 8)
    change(&entry)
    return entry.bytes
  }

  private func problem(_ change: (inout BundleEntry) -> Void) -> String {
    message { try index([([0x78], entry(change))]) }
  }

  @Test func entriesAreReadAsWritten() throws {
    var written = BundleEntry()
    (written.typeNumber, written.dimensions) = (9, [3, 0, 1 << 40])
    (written.shard, written.offset, written.checksum) = (4, 1 << 33, 77)
    var header = BundleHeader()
    header.shardCount = 5
    let index = try index(header: header.bytes, [([0x78], written.bytes)])
    var read = index.entries[0]
    read.place = 0
    #expect(read == written)
    #expect(index.header == header)
    #expect(index.names == ["x"])
  }

  @Test func headers() {
    var many = BundleHeader()
    many.shardCount = 100_000
    #expect(message { try index(header: many.bytes) }.contains("100000 data files"))
    #expect(message { try index(header: []) }.contains("0 data files"))
    #expect(message { try index(header: [8, 1, 16, 1]) }.contains("the highest byte first"))
    #expect(
      message { try index(header: [8, 1, 0x1A, 2, 16, 2]) }
        .contains("version 2 or newer must be read, but 1 is"))
    for bad: [UInt8] in [[24, 1], [0x1A, 2, 7, 1]] {
      let header = [8, 1, 0x1A, UInt8(bad.count)] + bad
      #expect(message { try index(header: header) }.contains("leave it alone"))
    }
    #expect(message { try index(header: [8]) }.hasPrefix("'m.index' at byte "))
    #expect(message { try index(header: [11]) }.contains("wire type 3"))
    #expect(message { try index(header: [0]) }.contains("the number 0"))
    // A field that is not known is no reason to refuse.
    #expect(throws: Never.self) { try index(header: BundleHeader().bytes + [0x52, 1, 9]) }
    #expect(
      message { try BundleIndex(TableWriter().finishedEmpty, path: "m.index") }
        == "'m.index': the index has no header")
  }

  @Test func entriesThatContradictThemselves() {
    #expect(problem { $0.byteCount = 9 }.contains("'x' of type Float32[2] takes 8 bytes, but"))
    #expect(problem { $0.shard = 1 }.contains("'x' is said to be in data file 1 of 1"))
    #expect(problem { $0.offset = .max }.contains("beyond any file"))
    #expect(problem { $0.offset = -1 }.contains("where a tensor begins is -1"))
    #expect(problem { $0.dimensions = [1 << 62, 4] }.contains("larger than any memory"))
    #expect(problem { $0.dimensions = [-2] }.contains("the size of a dimension is -2"))
    #expect(
      problem { $0.dimensions = [Int](repeating: 1, count: 255) }.contains("more than 254"))
    #expect(
      problem { ($0.typeNumber, $0.dimensions) = (7, [1 << 40]) }
        .contains("'x' has 1099511627776 strings, but 8 bytes"))
    #expect(message { try index([([0x78], entry() + [0x12, 0])]) }.contains("stands twice"))
    #expect(message { try index([([0x78], entry() + [0x12])]) }.hasPrefix("'m.index' at byte"))
    #expect(message { try index([([0xFF], entry())]) }.contains("not UTF-8"))
  }

  @Test func numbersOfTypesThatNoTensorHolds() throws {
    let index = try index([([0x78], entry { $0.typeNumber = 18 })])
    #expect(index.entries[0].dataType == nil)
    #expect(BundleEntry.typeName(18) == "complex128")
    #expect(BundleEntry.typeName(14) == "BFloat16")
    #expect(BundleEntry.typeName(999) == "TensorFlow's number 999")
  }

  // MARK: - Parts

  private func parts(_ whole: [Int], _ slices: [[Range<Int>?]]) throws -> BundleIndex {
    var entries: [([UInt8], [UInt8])] = []
    var stored = Set<[UInt8]>()
    for slice in slices.map({ BundleSlice(extents: $0) }) {
      let sizes = zip(slice.extents, whole).map { $0?.count ?? $1 }
      let key = BundleSlice.keyPrefix(name: "x") + slice.keySuffix
      guard stored.insert(key).inserted else { continue }
      entries.append(
        (
          key,
          entry {
            $0.dimensions = sizes
            $0.byteCount = 4 * sizes.reduce(1, *)
          }
        ))
    }
    entries.sort { $0.0.lexicographicallyPrecedes($1.0) }
    entries.append(
      (
        [0x78],
        entry {
          ($0.dimensions, $0.byteCount) = (whole, 0)
          $0.slices = slices.map { BundleSlice(extents: $0) }
        }
      ))
    return try index(entries)
  }

  @Test func partsMustGiveTheWhole() throws {
    let good = try parts([4, 3], [[0..<1, nil], [1..<4, 0..<2], [1..<4, 2..<3]])
    #expect(good.names == ["x"])
    #expect(try good.parts(of: good.entries[0], named: "x").count == 3)
    #expect(
      message { try parts([4, 3], [[0..<1, nil]]) }.contains("lack 9 of its 12 elements"))
    #expect(
      message { try parts([4, 3], [[0..<3, nil], [1..<4, nil]]) }
        .contains("more than its 12 elements"))
    #expect(message { try parts([4, 3], [[3..<5, nil]]) }.contains("does not lie within [4, 3]"))
    #expect(message { try parts([4, 3], [[0..<4]]) }.contains("does not lie within [4, 3]"))
    #expect(
      message {
        try index([
          (
            [0x78],
            entry {
              $0.byteCount = 0
              $0.slices = [BundleSlice(extents: [0..<1])]
            }
          )
        ])
      }.contains("the part [Range(0..<1)] of 'x' is missing"))
    let many = [[Range<Int>?]](repeating: [nil], count: 5000)
    #expect(message { try parts([2], many) }.contains("in more than 4096 parts"))
  }

  @Test func overlaps() {
    #expect(areDisjoint([[0..<2, 0..<3], [2..<4, 0..<3]]))
    #expect(!areDisjoint([[0..<2, 0..<3], [1..<4, 2..<3]]))
    #expect(areDisjoint([]))
  }

  /// Codes that TensorFlow gave to parts of these tensors.
  @Test func keys() {
    let matrix = BundleSlice(extents: [0..<3, 100..<700])
    #expect(
      BundleSlice.keyPrefix(name: "matrix") + matrix.keySuffix
        == [0] + Array("matrix".utf8) + [0, 1, 1, 2, 0x80, 0x83, 0xC0, 0x64, 0xC2, 0x58])
    let row = BundleSlice(extents: [3..<5, nil])
    #expect(row.keySuffix == [1, 2, 0x83, 0x82, 0x80, 0x7F])
    let vector = BundleSlice(extents: [70_000..<300_000])
    #expect(
      BundleSlice.keyPrefix(name: "a\0ÿb") + vector.keySuffix
        == [0, 0x61, 0, 0xFF, 0xC3, 0xBF, 0x62, 0, 1, 1, 1, 0xE1, 0x11, 0x70, 0xE3, 0x82, 0x70])
    #expect(BundleSlice.prefixLength(of: BundleSlice.keyPrefix(name: "a\0ÿb") + [9]) == 9)
    #expect(BundleSlice.prefixLength(of: Array("abc".utf8)) == nil)
    #expect(BundleSlice.prefixLength(of: [0, 0]) == nil)
    #expect(BundleSlice(extents: [0..<Int.max]).keySuffix.count == 2 + 1 + 10)
  }
}

extension TableWriter {
  fileprivate var finishedEmpty: [UInt8] {
    var writer = self
    return writer.finish()
  }
}
