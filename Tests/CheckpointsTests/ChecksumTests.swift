import CChecksums
import Testing

@testable import Checkpoints

@Suite struct ChecksumTests {
  private func checksum(_ bytes: [UInt8]) -> Checksum {
    var checksum = Checksum()
    checksum.combine(bytes)
    return checksum
  }

  /// The examples of RFC 3720, B.4, and the usual check value.
  @Test func publishedValues() {
    #expect(checksum([]).value == 0)
    #expect(checksum(Array("123456789".utf8)).value == 0xE306_9283)
    #expect(checksum([UInt8](repeating: 0, count: 32)).value == 0x8A91_36AA)
    #expect(checksum([UInt8](repeating: 0xFF, count: 32)).value == 0x62A8_AB43)
    #expect(checksum(Array(0..<32)).value == 0x46DD_794E)
    #expect(checksum((0..<32).reversed()).value == 0x113F_DB5C)
    #expect(checksum([]).masked == 0xA282_EAD8)
  }

  @Test func instructionAndTablesAgree() {
    var random = SplitMix(state: 1)
    let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
    for _ in 0..<2000 {
      let start = Int.random(in: 0..<64, using: &random)
      let count = Int.random(in: 0..<200, using: &random)
      let before = UInt32.random(in: 0...UInt32.max, using: &random)
      bytes.withUnsafeBytes { buffer in
        let base = buffer.baseAddress! + start
        #expect(
          staticgraph_crc32c(before, base, count)
            == staticgraph_crc32c_portable(before, base, count))
      }
    }
  }

  @Test func partsGiveTheWhole() {
    var parts = Checksum()
    for part in [Array(0..<5), [], Array(5..<100)] as [[UInt8]] { parts.combine(part) }
    #expect(parts == checksum(Array(0..<100)))
    var numbers = Checksum()
    numbers.combine(0x0403_0201 as UInt32)
    #expect(numbers == checksum([1, 2, 3, 4]))
  }
}
