import Tensors
import Testing

@testable import DataSets

@Suite("Damaged training data")
struct DamagedDataTests {
  /// Bytes removed, inserted, replaced and cut off, at random places.
  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var result = bytes
    func number(_ bound: Int, _ random: inout SplitMix64) -> Int {
      Int(random.next(below: UInt64(bound)))
    }
    for _ in 0...number(3, &random) {
      guard !result.isEmpty else { return result }
      // The header decides most, and so is hit most.
      let place = number(number(2, &random) == 0 ? min(24, result.count) : result.count, &random)
      switch number(8, &random) {
      case 0: result.removeSubrange(place...)
      case 1: result.remove(at: place)
      case 2: result.insert(UInt8(number(256, &random)), at: place)
      case 3: result[place] = [0, 1, 0x7F, 0x80, 0xFF][number(5, &random)]
      case 4: result[place] ^= 1 << UInt8(number(8, &random))
      case 5: result.swapAt(place, number(result.count, &random))
      default: result[place] = UInt8(number(256, &random))
      }
    }
    return result
  }

  @Test("Mutated IDX data is read or refused", arguments: [false, true])
  func mutatedIDX(compressed: Bool) throws {
    let plain = [
      idx([2, 3], [1, 2, 3, 4, 5, 6]), idx([7], [0, 1, 2, 3, 4, 5, 6]),
      idx(type: 0x0C, [2, 1, 2], [UInt8](0..<16)), idx(type: 0x0E, [], [UInt8](0..<8)),
    ]
    let seeds = compressed ? plain.map(gzip) : plain
    var random = SplitMix64(state: compressed ? 1 : 2)
    var (accepted, refused) = (0, 0)
    for round in 0..<20_000 {
      let bytes = mutated(seeds[round % seeds.count], &random)
      do {
        let tensor = try Tensor(idx: bytes)
        #expect(tensor.byteCount <= bytes.count * (compressed ? 1032 : 1))
        accepted += 1
      } catch {
        #expect(error is TensorError)
        refused += 1
      }
    }
    #expect(accepted > 100)
    #expect(refused > 1000)
  }

  @Test("Mutated folders are read or refused")
  func mutatedFolders() throws {
    var random = SplitMix64(state: 3)
    var (accepted, refused) = (0, 0)
    try withTemporaryFolder { folder in
      for round in 0..<300 {
        let isCIFAR = round % 2 == 0
        var files =
          isCIFAR
          ? ["data_batch_1.bin": cifarRecord(label: 3), "test_batch.bin": cifarRecord(label: 4)]
          : [
            "train-images-idx3-ubyte": mnistImages(count: 2),
            "train-labels-idx1-ubyte": mnistLabels(count: 2),
            "t10k-images-idx3-ubyte": mnistImages(count: 1),
            "t10k-labels-idx1-ubyte": mnistLabels(count: 1),
          ]
        let chosen = files.keys.sorted()[Int(random.next(below: UInt64(files.count)))]
        files[chosen] = mutated(files[chosen]!, &random)
        for (name, bytes) in files { try write(bytes, to: "\(folder)/\(name)") }
        do {
          let data = try DataSet.named(isCIFAR ? "cifar10" : "mnist", in: folder)
          for batch in try data.training.batches(size: 2) { #expect(batch.count > 0) }
          accepted += 1
        } catch {
          #expect("\(error)".contains(folder))
          refused += 1
        }
      }
    }
    #expect(accepted > 10)
    #expect(refused > 10)
  }
}
