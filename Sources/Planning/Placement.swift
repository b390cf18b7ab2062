/// Where blocks lie in the arena, so that those which are needed at the same time do not overlap.
struct Placement {
  /// For each block where it begins.
  private(set) var offsets: [Int]
  /// The end of the highest block.
  private(set) var byteCount: Int

  /// The most blocks of which each is compared with each.
  private static let comparedLimit = 3000
  /// How often a placement is changed for the better, for few blocks.
  private static let attempts = 60

  /// A place for each block.
  ///
  /// Several orders are tried, and the best placement is kept; of very many blocks, that which
  /// follows from the order of the steps.
  ///
  /// - Parameter bound: The most bytes that are alive at one time: no placement is smaller.
  init(_ blocks: [MemoryLayout.Block], bound: Int) {
    self.init(inOrderOfTime: blocks)
    guard byteCount > bound, blocks.count <= Self.comparedLimit else { return }
    func length(_ block: Int) -> Int { blocks[block].times.count }
    func size(_ block: Int) -> Int { blocks[block].byteCount }
    let orders: [(Int, Int) -> Bool] = [
      { size($0) != size($1) ? size($0) > size($1) : length($0) > length($1) },
      { Double(size($0)) * Double(length($0)) > Double(size($1)) * Double(length($1)) },
      { length($0) != length($1) ? length($0) > length($1) : size($0) > size($1) },
    ]
    var best = Array(blocks.indices)
    for isBefore in orders {
      let order = blocks.indices.sorted { isBefore($0, $1) || !isBefore($1, $0) && $0 < $1 }
      for takesTightest in [true, false] where byteCount > bound {
        let other = Placement(blocks, order, takesTightest)
        if other.byteCount < byteCount { (self, best) = (other, order) }
      }
    }
    improve(blocks, best, bound)
  }

  /// Places what reaches highest earlier, as long as that may help.
  private mutating func improve(_ blocks: [MemoryLayout.Block], _ order: [Int], _ bound: Int) {
    var order = order
    var current = self
    let attempts = min(Self.attempts, 4_000_000 / max(1, blocks.count * blocks.count))
    for attempt in 0..<attempts where byteCount > bound {
      let top = order.firstIndex {
        current.offsets[$0] + blocks[$0].byteCount == current.byteCount
      }
      guard let top, top > 0 else { return }
      order.insert(order.remove(at: top), at: attempt % 3 == 2 ? 0 : top / 2)
      current = Placement(blocks, order, attempt % 2 == 0)
      if current.byteCount < byteCount { self = current }
    }
  }

  /// Takes the smallest free block for each that begins, and gives back those that have ended;
  /// blocks of each unit lie together.
  private init(inOrderOfTime blocks: [MemoryLayout.Block]) {
    offsets = Array(repeating: 0, count: blocks.count)
    var arenas = MemoryLayout.Block.units.map { Arena(unit: $0) }
    func unit(_ block: Int) -> Int {
      MemoryLayout.Block.unitNumber(of: blocks[block].byteCount)
    }
    let begins = blocks.indices.sorted {
      let (x, y) = (blocks[$0], blocks[$1])
      if x.times.lowerBound != y.times.lowerBound { return x.times.lowerBound < y.times.lowerBound }
      return x.byteCount != y.byteCount ? x.byteCount > y.byteCount : $0 < $1
    }
    let ends = blocks.indices.sorted {
      let (x, y) = (blocks[$0].times.upperBound, blocks[$1].times.upperBound)
      return x != y ? x < y : $0 < $1
    }
    var ended = 0
    for block in begins {
      while blocks[ends[ended]].times.upperBound < blocks[block].times.lowerBound {
        let end = ends[ended]
        arenas[unit(end)].giveBack(offsets[end], size: blocks[end].byteCount)
        ended += 1
      }
      offsets[block] = arenas[unit(block)].take(blocks[block].byteCount)
    }
    // The widest unit first, so that each begins at a multiple of its own.
    var starts = arenas.map { _ in 0 }
    byteCount = 0
    for number in arenas.indices.reversed() {
      starts[number] = byteCount
      byteCount += arenas[number].byteCount
    }
    for block in blocks.indices { offsets[block] += starts[unit(block)] }
  }

  /// Places the blocks in an order, each as low as those before it allow, or where it fits best.
  private init(_ blocks: [MemoryLayout.Block], _ order: [Int], _ takesTightest: Bool) {
    var offsets = [Int](repeating: 0, count: blocks.count)
    var byteCount = 0
    /// The blocks that have a place, in the order of their offsets.
    var placed: [Int] = []
    placed.reserveCapacity(blocks.count)
    for block in order {
      let size = blocks[block].byteCount
      let unit = MemoryLayout.Block.unit(of: size)
      let times = blocks[block].times
      var end = 0
      var found: Int?
      var tightest = Int.max
      for other in placed where blocks[other].times.overlaps(times) {
        let gap = offsets[other] - end
        if gap >= size, gap < tightest {
          (found, tightest) = (end, gap)
          if !takesTightest { break }
        }
        let next = offsets[other] + blocks[other].byteCount
        end = max(end, (next + unit - 1) / unit * unit)
      }
      let offset = found ?? end
      offsets[block] = offset
      byteCount = max(byteCount, offset + size)
      var low = 0
      var high = placed.count
      while low < high {
        let middle = (low + high) / 2
        if offsets[placed[middle]] <= offset { low = middle + 1 } else { high = middle }
      }
      placed.insert(block, at: low)
    }
    self.offsets = offsets
    self.byteCount = byteCount
  }
}
