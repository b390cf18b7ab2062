import Foundation
import Synchronization
import Tensors
import Testing

@testable import DataSets

@Suite("Examples that are changed anew in each epoch")
struct MapEachEpochTests {
  /// Images of 2 × 3 pixels of two channels, whose numbers count up.
  private func examples(_ count: Int) throws -> Examples {
    let numbers = (0..<count * 12).map(Float.init)
    return try Examples(
      numbers: Tensor(numbers, dimensions: [count, 2, 3, 2]),
      labels: Tensor((0..<count).map(Int32.init)))
  }

  /// The images of batches by their labels.
  private func images(_ batches: some Sequence<Batch>) throws -> [Int: [Float]] {
    var images: [Int: [Float]] = [:]
    for batch in batches {
      let numbers = try batch.images.elements(as: Float.self)
      let size = numbers.count / batch.count
      for (row, label) in batch.labelNumbers.enumerated() {
        images[label] = Array(numbers[row * size..<(row + 1) * size])
      }
    }
    return images
  }

  @Test("Numbers depend on seed, epoch and example alone")
  func numbers() throws {
    func changed(_ seed: UInt64) throws -> Examples {
      try examples(9).mapEachEpoch(seed: seed) { image, label, random in
        image[0] = Float(label) + .random(in: 0..<1, using: &random)
      }
    }
    let first = try images(changed(1).batches(size: 4, epoch: 2))
    #expect(Set(first.values.map { $0[0] - $0[0].rounded(.down) }).count == 9)
    for (label, image) in first { #expect(Int(image[0]) == label) }
    // Neither the size of batches, nor the order, nor a thread matters.
    for prefetching in [false, true] {
      let again = try changed(1).batches(
        size: 2, shuffleSeed: 5, epochs: 1..<4, prefetching: prefetching)
      #expect(try images(again.filter { $0.epoch == 2 }) == first)
      #expect(try images(again.filter { $0.epoch == 3 }) != first)
      // Who goes on in the midst of an epoch has the same.
      let rest = Array(again.dropFirst(7))
      #expect(try images(rest) == images(Array(again).dropFirst(7)))
    }
    #expect(try images(changed(2).batches(size: 4, epoch: 2)) != first)
  }

  @Test("What is changed is what batches would hold, and the labels stay")
  func order() throws {
    let examples = try numberedExamples(4)
    let mean = try Tensor([Float(0.5), 0, 0], dimensions: [1, 1, 3])
    let seen = Mutex<[Float]>([])
    let changed = try examples.subtracting(mean)
      .mapEachEpoch { image, _, _ in seen.withLock { $0.append(image[0]) } }
      .mapEachEpoch { image, _, _ in image[0] = 7 }
      .mapEachEpoch { image, _, _ in image[1] = image[0] + Float(image.count) }
    let batch = try #require(Array(changed.prefix(2).batches(size: 4)).first)
    #expect(batch.labelNumbers == [0, 1])
    #expect(seen.withLock { $0 } == [-0.5, 1 / 255 - 0.5])
    #expect(try batch.images.elements(as: Float.self)[..<3] == [7, 10, 2 / 255])
    // Parts keep it, and what is mapped at once has it once.
    let part = try changed.selecting([3]).map { image, label in (image, label) }
    #expect(part.changes.isEmpty)
    #expect(try images(part.batches(size: 1))[3]?[1] == 10)
    #expect(try changed.reshaped(to: [3]).changes.count == 3)
  }

  @Test("Images are flipped and shifted")
  func moves() throws {
    func image(_ change: @escaping @Sendable (inout ExampleImage) -> Void) throws -> [Float] {
      let changed = try examples(1).mapEachEpoch { image, _, _ in change(&image) }
      return try #require(images(changed.batches(size: 1))[0])
    }
    #expect(
      try image { $0.flipHorizontally() } == [4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7])
    #expect(try image { $0.flipVertically() } == [6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5])
    #expect(
      try image { $0.shift(rows: 1, columns: -1, filling: 9) } == [
        9, 9, 9, 9, 9, 9, 2, 3, 4, 5, 9, 9,
      ])
    #expect(
      try image { $0.shift(rows: .max, columns: .min) } == [Float](repeating: 0, count: 12))
    let flat = try examples(1).reshaped(to: [12]).mapEachEpoch { image, _, _ in
      image.flipHorizontally()
      image.shift(rows: 1, columns: 1)
    }
    #expect(try images(flat.batches(size: 1))[0] == (0..<12).map(Float.init))
  }
}
