/// The generator SplitMix64: the same numbers on every machine.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below the bound, each as likely as the others.
  ///
  /// The upper half of the product of a 64-bit number with the bound; numbers whose lower half
  /// would make some results likelier are drawn again.
  ///
  /// - Precondition: The bound is not 0.
  mutating func next(below bound: UInt64) -> UInt64 {
    var product = bound.multipliedFullWidth(by: next())
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = bound.multipliedFullWidth(by: next()) }
    }
    return product.high
  }
}

/// The numbers from 0 up to the count, in an order that seed and epoch alone decide.
///
/// The first number that SplitMix64 gives from the seed, plus the epoch, is the state from which
/// it gives the numbers for Fisher and Yates' shuffle: from the last place down to the second, a
/// place is exchanged with one of those up to and with itself.
///
/// - Parameter epoch: Not negative.
package func shuffledOrder(count: Int, seed: UInt64, epoch: Int) -> [Int] {
  var seeding = SplitMix64(state: seed)
  var generator = SplitMix64(state: seeding.next() &+ UInt64(epoch))
  var order = Array(0..<count)
  order.withUnsafeMutableBufferPointer { order in
    var last = count - 1
    while last > 0 {
      order.swapAt(last, Int(generator.next(below: UInt64(last) + 1)))
      last -= 1
    }
  }
  return order
}
