import Testing

@testable import Tensors

@Suite("Damaged npy and npz data")
struct DamagedFileTests {
  private static let mutationCount = 20_000

  /// Bytes removed, inserted, replaced and cut off, at random places.
  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !result.isEmpty else { return result }
      let place = Int.random(in: 0..<result.count, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0: result.removeSubrange(place...)
      case 1: result.remove(at: place)
      case 2: result.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3:
        result[place] = [0, 0xFF, 0x7F, 0x80, 0x30, 0x39, 0x28, 0x29].randomElement(using: &random)!
      case 4: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 5:
        let other = Int.random(in: 0..<result.count, using: &random)
        result.swapAt(place, other)
      case 6:
        let run = [UInt8](repeating: result[place], count: Int.random(in: 1...8, using: &random))
        result.insert(contentsOf: run, at: place)
      default: result[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return result
  }

  /// Reads the data, and uses what it gives, until all mutations are done.
  private func check(_ seeds: [[UInt8]], seed: UInt64, _ read: ([UInt8]) throws -> [Tensor]) {
    var random = SplitMix(seed: seed)
    var accepted = 0
    for index in 0..<Self.mutationCount {
      let bytes = mutated(seeds[index % seeds.count], &random)
      do {
        for tensor in try read(bytes) {
          accepted += 1
          _ = tensor.description
          _ = tensor.json()
          _ = try? tensor.converted(to: .int32)
        }
      } catch {
        #expect(error is TensorError)
      }
    }
    #expect(accepted > 0)
  }

  @Test("Every cut of npy data is refused")
  func cuts() throws {
    let bytes = try Tensor([1, 2, 3] as [Float]).npy()
    for count in bytes.indices {
      #expect(throws: TensorError.self) { try Tensor(npy: Array(bytes[..<count])) }
    }
    #expect(throws: TensorError.self) { try Tensor(npy: bytes + [0]) }
  }

  @Test("Mutated npy data is read or refused")
  func npy() throws {
    let strings = "{'descr': '<U3', 'fortran_order': True, 'shape': (2, 2), }\n"
    let seeds = [
      try Tensor((0..<12).map { Float($0) }, dimensions: [3, 4]).npy(),
      try Tensor([true, false]).npy(),
      npyData(
        strings,
        [UInt8](repeating: 0x41, count: 4).flatMap {
          [$0, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
        }),
      npyData(
        "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2, 2), }", Array(0..<16), version: 2),
    ]
    for seed in seeds { #expect(throws: Never.self) { try Tensor(npy: seed) } }
    check(seeds, seed: 1) { [try Tensor(npy: $0)] }
  }

  @Test("Mutated npz data is read or refused")
  func npz() throws {
    var seeds: [[UInt8]] = []
    try withTemporaryFolder { folder in
      for compressed in [false, true] {
        let archive = try TensorArchive(["a": [1, 2, 3], "b/c": [[1.5, 2]], "d": true])
        try archive.writeNPZ(to: folder + "/a.npz", compressed: compressed)
        seeds.append(try readFile(folder + "/a.npz", limit: 1 << 20))
      }
    }
    check(seeds, seed: 2) { try TensorArchive(npz: $0, limit: 1 << 24).tensors }
    for count in seeds[1].indices {
      #expect(throws: TensorError.self) { try TensorArchive(npz: Array(seeds[1][..<count])) }
    }
  }
}
