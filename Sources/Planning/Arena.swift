/// Finds a place in the arena for each buffer while one walks through the steps.
///
/// Places are taken from the smallest free block that is large enough, and neighbouring free
/// blocks grow together, so that buffers which are not alive at the same time share memory.
struct Arena {
  /// A multiple of the widest vector and of a cache line.
  static let alignment = 64

  private struct Block {
    var offset: Int
    var size: Int
  }

  /// Free blocks in the order of their offsets.
  private var free: [Block] = []
  /// The end of the highest block that was ever taken.
  private(set) var byteCount = 0

  /// What every offset and every size is a multiple of.
  private let unit: Int

  /// An arena whose blocks begin at multiples of `unit`.
  init(unit: Int = alignment) {
    self.unit = unit
  }

  /// The bytes that a buffer takes.
  static func rounded(_ size: Int, to unit: Int = alignment) -> Int {
    (max(size, 1) + unit - 1) / unit * unit
  }

  /// Takes a block, and gives its offset.
  mutating func take(_ size: Int) -> Int {
    let size = Self.rounded(size, to: unit)
    var best: Int?
    // Long lists come from graphs of very many nodes alone; a bounded look keeps those linear.
    for index in free.indices.suffix(512) where free[index].size >= size {
      if best.map({ free[index].size < free[$0].size }) ?? true { best = index }
      if free[index].size == size { break }
    }
    if let best {
      let offset = free[best].offset
      if free[best].size == size {
        free.remove(at: best)
      } else {
        free[best].offset += size
        free[best].size -= size
      }
      return offset
    }
    // A free block at the very end grows.
    if let last = free.last, last.offset + last.size == byteCount {
      free.removeLast()
      byteCount = last.offset + size
      return last.offset
    }
    let offset = byteCount
    byteCount += size
    return offset
  }

  /// Gives a block back.
  mutating func giveBack(_ offset: Int, size: Int) {
    let size = Self.rounded(size, to: unit)
    var low = 0
    var high = free.count
    while low < high {
      let middle = (low + high) / 2
      if free[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    let touchesNext = low < free.count && offset + size == free[low].offset
    let touchesPrevious = low > 0 && free[low - 1].offset + free[low - 1].size == offset
    switch (touchesPrevious, touchesNext) {
    case (true, true):
      free[low - 1].size += size + free[low].size
      free.remove(at: low)
    case (true, false): free[low - 1].size += size
    case (false, true):
      free[low].offset = offset
      free[low].size += size
    case (false, false): free.insert(Block(offset: offset, size: size), at: low)
    }
  }
}
