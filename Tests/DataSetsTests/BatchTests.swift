import Tensors
import Testing

@testable import DataSets

@Suite("Batches")
struct BatchTests {
  /// The pixels of `numberedExamples`, divided by 255.
  private func images(_ labels: [Int]) -> [Float] {
    labels.flatMap { label in (0..<3).map { Float(UInt8(truncatingIfNeeded: label + $0)) / 255 } }
  }

  @Test("Images, labels, sizes and places", arguments: [false, true])
  func contents(prefetching: Bool) throws {
    let batches = try numberedExamples(7).batches(size: 3, epoch: 4, prefetching: prefetching)
    #expect(batches.count == 3)
    let all = Array(batches)
    #expect(all.map(\.labelNumbers) == [[0, 1, 2], [3, 4, 5], [6]])
    #expect(all.map(\.images.dimensions) == [[3, 1, 1, 3], [3, 1, 1, 3], [1, 1, 1, 3]])
    #expect(all.map(\.count) == [3, 3, 1])
    #expect(all.map(\.index) == [0, 1, 2])
    #expect(all.map(\.epoch) == [4, 4, 4])
    for batch in all {
      #expect(try batch.images.elements(as: Float.self) == images(batch.labelNumbers))
    }
  }

  @Test("A partial batch can be left out")
  func partial() throws {
    let examples = try numberedExamples(7)
    let dropped = try examples.batches(size: 3, droppingPartialBatch: true)
    #expect(dropped.map(\.labelNumbers) == [[0, 1, 2], [3, 4, 5]])
    #expect(try Array(examples.batches(size: 8, droppingPartialBatch: true)).isEmpty)
    #expect(try examples.batches(size: .max).map(\.labelNumbers) == [Array(0..<7)])
    #expect(try Array(examples.prefix(0).batches(size: 3)).isEmpty)
  }

  @Test("Each epoch has its order, whichever way the epochs are asked for")
  func epochs() throws {
    let examples = try numberedExamples(300)
    let together = try examples.batches(size: 64, shuffleSeed: 9, epochs: 2..<5)
    #expect(together.count == 15)
    let each = try (2..<5).flatMap { epoch in
      try examples.batches(size: 64, shuffleSeed: 9, epoch: epoch, prefetching: false)
        .map { $0 }
    }
    #expect(together.map(\.labelNumbers) == each.map(\.labelNumbers))
    #expect(together.map(\.epoch) == each.map(\.epoch))
    #expect(together.map(\.images) == each.map(\.images))
    for epoch in 2..<5 {
      let labels = each.filter { $0.epoch == epoch }.flatMap(\.labelNumbers)
      #expect(labels == shuffledOrder(count: 300, seed: 9, epoch: epoch))
    }
    // The same value can be gone through again, and from the middle on.
    #expect(together.map(\.labelNumbers) == each.map(\.labelNumbers))
    #expect(
      together.dropFirst(7).map(\.labelNumbers) == each.dropFirst(7).map(\.labelNumbers))
    #expect(together.dropFirst(7).dropFirst().count == 7)
    #expect(together.dropFirst(99).count == 0)
    #expect(together.dropFirst(-1).count == 15)
  }

  @Test("A loop that keeps no batch goes round in three buffers")
  func reuse() throws {
    var addresses: Set<UnsafeRawPointer> = []
    for batch in try numberedExamples(200).batches(size: 10) {
      batch.images.withUnsafeBytes { _ = addresses.insert($0.baseAddress!) }
    }
    #expect(addresses.count <= 3)
    addresses = []
    for batch in try numberedExamples(200).batches(size: 10, prefetching: false) {
      batch.images.withUnsafeBytes { _ = addresses.insert($0.baseAddress!) }
    }
    #expect(addresses.count == 1)
  }

  @Test("A tensor that is kept is not written over")
  func kept() throws {
    var kept: [(images: Tensor?, labels: Tensor?)] = []
    for batch in try numberedExamples(256).batches(size: 4, shuffleSeed: 3) {
      // One of the two keeps the memory alone.
      kept.append(batch.index % 2 == 0 ? (batch.images, nil) : (nil, batch.labels))
    }
    let order = shuffledOrder(count: 256, seed: 3, epoch: 0)
    for (index, tensors) in kept.enumerated() {
      let labels = Array(order[4 * index..<4 * index + 4])
      if let tensor = tensors.images {
        #expect(try tensor.elements(as: Float.self) == images(labels))
      }
      if let tensor = tensors.labels {
        #expect(try tensor.elements(as: Int32.self).map(Int.init) == labels)
      }
    }
  }

  @Test("A consumer may leave at any time")
  func early() throws {
    let batches = try numberedExamples(1000).batches(size: 10, shuffleSeed: 1, epochs: 0..<1000)
    for count in 0..<200 {
      var seen = 0
      for batch in batches {
        if seen == count % 7 { break }
        #expect(batch.count == 10)
        seen += 1
      }
    }
    // An iterator that nothing was asked of.
    for _ in 0..<50 { _ = batches.makeIterator() }
    let iterator = batches.makeIterator()
    _ = iterator.next()
  }

  @Test("Iterators of one value do not disturb each other")
  func concurrent() async throws {
    let batches = try numberedExamples(500).batches(size: 7, shuffleSeed: 5, epochs: 0..<3)
    let expected = batches.map(\.labelNumbers)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { batches.map(\.labelNumbers) == expected } }
      for await equal in group { #expect(equal) }
    }
  }

  @Test("Numbers that make no sense are refused")
  func errors() throws {
    let examples = try numberedExamples(3)
    #expect(
      message { try examples.batches(size: 0) }
        == "a batch of at least 1 example was expected, found 0")
    #expect(message { try examples.batches(size: .min) }.contains("at least 1 example"))
    #expect(message { try examples.batches(size: 1, epoch: -1) }.contains("found -1"))
    #expect(throws: TensorError.self) { try examples.batches(size: 1, epoch: .max) }
    #expect(message { try examples.batches(size: 1, epochs: -5..<2) }.contains("found -5..<2"))
    #expect(
      message { try examples.batches(size: 1, epochs: 0..<Int.max) }
        .contains("more than can be counted"))
    #expect(try examples.batches(size: 1, epochs: 5..<5).count == 0)
  }
}
