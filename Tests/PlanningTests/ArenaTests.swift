import Testing

@testable import Planning

@Suite struct ArenaTests {
  @Test func blocksAreReusedAndGrowTogether() {
    var arena = Arena()
    let a = arena.take(100)
    let b = arena.take(100)
    let c = arena.take(100)
    #expect([a, b, c] == [0, 128, 256])
    arena.giveBack(a, size: 100)
    arena.giveBack(b, size: 100)
    #expect(arena.take(256) == 0)
    #expect(arena.byteCount == 384)
  }

  @Test func theSmallestBlockThatFitsIsTaken() {
    var arena = Arena()
    let large = arena.take(1000)
    _ = arena.take(1)
    let small = arena.take(200)
    _ = arena.take(1)
    arena.giveBack(large, size: 1000)
    arena.giveBack(small, size: 200)
    #expect(arena.take(150) == small)
  }

  @Test func theLastFreeBlockGrows() {
    var arena = Arena()
    let a = arena.take(64)
    arena.giveBack(a, size: 64)
    #expect(arena.take(640) == 0)
    #expect(arena.byteCount == 640)
  }

  @Test func blocksInUseNeverOverlap() {
    var arena = Arena()
    var state: UInt64 = 7
    var used: [(offset: Int, size: Int)] = []
    for _ in 0..<5000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if state >> 63 == 0 || used.isEmpty {
        let size = Int(state >> 40 & 4095)
        let offset = arena.take(size)
        for block in used {
          #expect(
            offset + Arena.rounded(size) <= block.offset
              || block.offset + Arena.rounded(block.size) <= offset)
        }
        used.append((offset, size))
      } else {
        let block = used.remove(at: Int(state >> 33) % used.count)
        arena.giveBack(block.offset, size: block.size)
      }
    }
  }
}
