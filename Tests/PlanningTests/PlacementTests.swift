import Testing

@testable import Planning

@Suite struct PlacementTests {
  private func bound(_ blocks: [MemoryLayout.Block]) -> Int {
    let end = blocks.map(\.times.upperBound).max() ?? 0
    return (0...end).map { time in
      blocks.reduce(0) { $0 + ($1.times.contains(time) ? $1.byteCount : 0) }
    }.max()!
  }

  private func check(
    _ placement: Placement, _ blocks: [MemoryLayout.Block],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (number, block) in blocks.enumerated() {
      let offset = placement.offsets[number]
      #expect(
        offset % MemoryLayout.Block.unit(of: block.byteCount) == 0, sourceLocation: sourceLocation)
      #expect(offset + block.byteCount <= placement.byteCount, sourceLocation: sourceLocation)
      for other in 0..<number where blocks[other].times.overlaps(block.times) {
        let end = placement.offsets[other] + blocks[other].byteCount
        #expect(
          offset + block.byteCount <= placement.offsets[other] || end <= offset,
          "blocks \(other) and \(number) overlap", sourceLocation: sourceLocation)
      }
    }
  }

  @Test(arguments: 0..<40) func blocksThatLiveTogetherDoNotOverlap(seed: UInt64) {
    var state = seed &* 977 &+ 5
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let blocks = (0..<(seed % 4 == 0 ? 400 : 40)).map { _ in
      let begin = random(60)
      let size = random(3) == 0 ? random(60) + 1 : random(20_000) + 1
      return MemoryLayout.Block(
        byteCount: MemoryLayout.Block.rounded(size), times: begin...begin + random(10))
    }
    let bound = bound(blocks)
    let placement = Placement(blocks, bound: bound)
    check(placement, blocks)
    #expect(placement.byteCount >= bound)
    #expect(Double(placement.byteCount) <= 1.3 * Double(bound))
  }

  /// Taking places in the order of time leaves a hole here that the last block does not fit into.
  @Test func theBestOfSeveralOrdersIsKept() {
    let sizes = [(64, 0...2), (128, 0...0), (128, 2...4), (192, 1...1), (320, 3...3)]
    let blocks = sizes.map { MemoryLayout.Block(byteCount: $0.0, times: $0.1) }
    let placement = Placement(blocks, bound: bound(blocks))
    check(placement, blocks)
    #expect(placement.byteCount == bound(blocks))
  }

  @Test func veryManyBlocksAreTakenInTheOrderOfTime() {
    let blocks = (0..<50_000).map { number in
      MemoryLayout.Block(byteCount: number % 3 == 0 ? 8 : 640, times: number...number + 3)
    }
    let placement = Placement(blocks, bound: 0)
    #expect(placement.byteCount <= 4 * 640 + 4 * 8)
  }
}
