import Foundation
import Tensors
import Testing

@testable import Checkpoints

/// Whatever the bytes are, reading gives tensors or throws a `TensorError` that names the file.
@Suite struct DamagedCheckpointTests {
  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !result.isEmpty {
      let place = Int.random(in: 0..<result.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: result.removeSubrange(place...)
      case 1: result.remove(at: place)
      case 2: result.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3: result[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random)!
      case 4: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 5:
        let end = min(result.count, place + Int.random(in: 1...32, using: &random))
        result.insert(contentsOf: result[place..<end], at: place)
      default: result[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return result
  }

  /// Reads all that can be read, and tells how many tensors that was.
  private func readAny(_ path: String) -> Int {
    var count = 0
    do {
      let checkpoint = try Checkpoint.open(path, limit: 1 << 24)
      for name in checkpoint.names {
        do {
          _ = try checkpoint.tensor(named: name).description
          count += 1
        } catch let error as TensorError {
          #expect(error.description.contains("/m"))
        }
      }
    } catch let error as TensorError {
      #expect(error.description.contains("/m"))
    } catch {
      Issue.record("threw \(type(of: error)): \(error)")
    }
    return count
  }

  private func replace(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func small() throws -> [String: Tensor] {
    [
      "a": Tensor([1, 2] as [Float]), "b/s": Tensor(["x", "", "text"]), "b/t": Tensor(true),
      "c": try Tensor([1, 2, 3, 4] as [Int16], dimensions: [2, 2]),
    ]
  }

  @Test func bundles() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/m"
      try Checkpoint.write(small(), prefix: prefix)
      var random = SplitMix(state: 1)
      for (file, rounds) in [(prefix + ".index", 1500), (prefix + ".data-00000-of-00001", 1500)] {
        let bytes = try contents(file)
        for length in bytes.indices {
          try replace(file, Array(bytes[..<length]))
          #expect(readAny(prefix) < 4)
        }
        for _ in 0..<rounds {
          try replace(file, mutated(bytes, &random))
          _ = readAny(prefix)
        }
        try replace(file, bytes)
        #expect(readAny(prefix) == 4)
      }
    }
  }

  /// Checksums protect against accidents; who writes a file by intent makes them match.
  @Test func bundlesWhoseChecksumsMatch() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/m"
      try Checkpoint.write(small(), prefix: prefix)
      var entries: [(key: [UInt8], value: [UInt8])] = []
      try TableReader.read(contents(prefix + ".index"), file: "m") { key, value in
        entries.append((key, Array(value.bytes[value.position..<value.end])))
      }
      let part = BundleSlice(extents: [0..<1, nil])
      let rest = BundleSlice(extents: [1..<2, nil])
      var whole = try #require(entries.last)
      var joined = BundleEntry()
      (joined.typeNumber, joined.dimensions, joined.slices) = (5, [2, 2], [part, rest])
      whole = (Array("d".utf8), joined.bytes)
      for slice in [part, rest] {
        var stored = BundleEntry()
        (stored.typeNumber, stored.dimensions, stored.byteCount) = (5, [1, 2], 4)
        entries.append((BundleSlice.keyPrefix(name: "d") + slice.keySuffix, stored.bytes))
      }
      entries.append(whole)
      var random = SplitMix(state: 2)
      var readable = 0
      for _ in 0..<4000 {
        var changed = entries
        let index = Int.random(in: 0..<entries.count, using: &random)
        if Int.random(in: 0..<8, using: &random) == 0 {
          changed[index].key = mutated(changed[index].key, &random)
        } else {
          changed[index].value = mutated(changed[index].value, &random)
        }
        changed.sort { $0.key.lexicographicallyPrecedes($1.key) }
        var table = TableWriter()
        for entry in changed { table.append(key: entry.key, value: entry.value) }
        try replace(prefix + ".index", table.finish())
        readable += readAny(prefix)
      }
      #expect(readable > 0)
    }
  }

  /// The same for the structure of blocks.
  @Test func tablesWhoseChecksumsMatch() throws {
    try withTemporaryFolder { folder in
      let prefix = folder + "/m"
      try Checkpoint.write(small(), prefix: prefix)
      let bytes = try contents(prefix + ".index")
      // The block of entries comes first; behind it the empty block of 8 bytes, and its trailer.
      var footer = ByteReader(Array(bytes.suffix(Table.footerSize)), file: "m")
      let size = try Table.Handle(&footer).offset - Table.trailerSize
      var random = SplitMix(state: 3)
      for _ in 0..<3000 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: 0..<size, using: &random)
          changed[place] = UInt8.random(in: 0...255, using: &random)
        }
        var checksum = Checksum()
        checksum.combine(Array(changed[...size]))
        var trailer: [UInt8] = []
        trailer.append(fixed: checksum.masked)
        changed.replaceSubrange(size + 1..<size + 5, with: trailer)
        try replace(prefix + ".index", changed)
        _ = readAny(prefix)
      }
    }
  }

  @Test func safetensors() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/m.safetensors"
      let tensors = try small().filter { $0.value.dataType != .string }
      try TensorArchive(tensors).writeSafetensors(to: path, metadata: ["größe": "\\\n\"x\""])
      let bytes = try contents(path)
      for length in bytes.indices {
        try replace(path, Array(bytes[..<length]))
        #expect(readAny(path) == 0)
      }
      var random = SplitMix(state: 4)
      for _ in 0..<4000 {
        try replace(path, mutated(bytes, &random))
        _ = readAny(path)
      }
      try replace(path, bytes)
      #expect(readAny(path) == 3)
    }
  }

  @Test func states() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/checkpoint"
      try CheckpointState(latest: "m\"\n-3", all: ["m-1", "größe", "m-3"]).write(folder: folder)
      let bytes = try contents(path)
      var random = SplitMix(state: 5)
      for _ in 0..<3000 {
        try replace(path, mutated(bytes, &random))
        do {
          _ = try CheckpointState(folder: folder).latestPrefix(in: folder)
        } catch let error as TensorError {
          #expect(error.description.contains("/checkpoint'"))
        }
      }
    }
  }
}
