import Foundation
import GraphIR
import Testing

@testable import GraphFiles

@Suite struct HostileBytesTests {
  private typealias Wire = WireBuilder

  /// Whatever the bytes are, reading gives a graph or throws a located `GraphError`.
  private func readAny(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) {
    do {
      let file = try GraphFile.decode(bytes, name: "h.pb", limits: limits)
      _ = try file.encoded()
    } catch let error as GraphError {
      #expect(error.description.hasPrefix("error: h.pb: "))
    } catch {
      Issue.record("threw \(type(of: error)): \(error)")
    }
  }

  @Test func nestedFunctions() {
    for depth in [10, 70, 100_000] {
      // Built from inside out: attribute → value → function → attribute …
      var reversed: [UInt8] = []
      for _ in 0..<depth {
        for number: UInt64 in [10, 2, 2] {
          reversed += Wire.varint(UInt64(reversed.count)).reversed()
          reversed += Wire.varint(number << 3 | 2).reversed()
        }
      }
      let bytes = Wire.field(1, Wire.field(5, Wire.field(2, Wire.field(10, reversed.reversed()))))
      readAny(bytes)
      let text = message { try GraphFile.decode(bytes, name: "h.pb") }
      #expect(text.contains("more than 64 deep") == (depth > 15))
    }
  }

  @Test func everyTruncationOfARealGraph() throws {
    let node = NodeRecord(
      name: "node", op: "Op", inputs: ["a", "^b"],
      attributes: ["s": .shape([nil, 2]), "i": .integer(-5)])
    var file = GraphFile(nodes: [node])
    file.versions = VersionsRecord(producer: 1, badConsumers: [1, 2])
    let bytes = try file.encoded()
    for length in bytes.indices { readAny(Array(bytes[..<length])) }
  }

  @Test func amplificationIsLimited() {
    // Two bytes each for an empty tensor, which unpacks to more than 300.
    let tensors = [UInt8](repeating: 0, count: 4_000_000).enumerated().map {
      $0.offset % 2 == 0 ? 0x42 as UInt8 : 0
    }
    var limits = ReadingLimits()
    limits.overheadBytes = 1 << 20
    let bytes = Wire.graph(value: Wire.field(1, tensors))
    #expect(
      message { try GraphFile.decode(bytes, name: "h.pb", limits: limits) }
        .contains("unpack to more than"))
  }

  @Test func repeatedValuesAreLimited() {
    for sizes: [Int64] in [[1 << 40], [.max, .max], [1 << 20, 1 << 20, 1 << 20]] {
      for type: UInt64 in [1, 2, 7, 10] {
        let tensor = Wire.field(1, varint: type) + Wire.shape(sizes)
        readAny(Wire.graph(tensor: tensor))
        #expect(throws: GraphError.self) {
          try GraphFile.decode(Wire.graph(tensor: tensor), name: "h.pb")
        }
      }
    }
  }

  @Test func tensorsShareTheirLimit() throws {
    var limits = ReadingLimits()
    limits.tensorBytes = 1000
    let node = Wire.graph(tensor: Wire.field(1, varint: 1) + Wire.shape([100]))
    #expect(try GraphFile.decode(node + node, name: "h.pb", limits: limits).nodes.count == 2)
    #expect(throws: GraphError.self) {
      try GraphFile.decode(node + node + node, name: "h.pb", limits: limits)
    }
  }

  @Test func randomBytes() {
    var random = SplitMix64(state: 1)
    for _ in 0..<5_000 {
      let length = Int.random(in: 0..<64, using: &random)
      readAny((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func randomMutations() throws {
    var limits = ReadingLimits()
    limits.tensorBytes = 1 << 20
    var seeds = try realFiles().map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
      .filter { $0.count < 20_000 }.map { [UInt8]($0) }
    for record in RecordRoundTripTests.attributes {
      let node = NodeRecord(name: "n", op: "Op", attributes: ["a": record])
      seeds.append(try GraphFile(nodes: [node]).encoded())
    }
    var random = SplitMix64(state: 2)
    for round in 0..<20_000 {
      // The small ones more often: they are all structure.
      let index = round % 50 == 0 ? round / 50 : Int.random(in: 0..<seeds.count, using: &random)
      var bytes = seeds[index % seeds.count]
      if bytes.count > 1000, round % 50 != 0 { bytes = Array(bytes.suffix(600)) }
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: position)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
        default:
          let end = min(bytes.count, position + Int.random(in: 1...32, using: &random))
          bytes.insert(contentsOf: bytes[position..<end], at: position)
        }
      }
      readAny(bytes, limits: limits)
    }
  }

  @Test func randomMutationsOfText() throws {
    let seed = Array(TextTests.sample.utf8)
    var random = SplitMix64(state: 3)
    for _ in 0..<5_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
          bytes[position] = UInt8.random(in: 0...255, using: &random)
        } else {
          bytes.remove(at: position)
        }
      }
      do {
        _ = try GraphFile.decode(text: bytes, name: "h.pbtxt")
      } catch let error as GraphError {
        #expect(error.description.hasPrefix("h.pbtxt:") || error.description.contains("h.pbtxt: "))
      }
    }
  }
}
