import StaticGraph

/// A generator whose numbers are the same each time.
struct RandomNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    // Two seeds in a row must not give the same numbers one step apart.
    state = (seed &* 0xD134_2543_DE82_EF95) ^ (seed << 40)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension RandomNumbers {
  /// An integer of a range.
  mutating func integer(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

  /// Whether something happens that does so in so many of a hundred cases.
  mutating func happens(_ percent: Int) -> Bool { integer(0...99) < percent }

  /// One of the elements of a collection that is not empty.
  mutating func choose<Elements: Collection>(_ elements: Elements) -> Elements.Element {
    elements.randomElement(using: &self)!
  }

  /// Some of the elements, in a random order.
  mutating func some<Element>(of elements: [Element]) -> [Element] {
    Array(elements.shuffled(using: &self).prefix(integer(0...elements.count)))
  }

  /// An axis of that many, counted from the front or from the end.
  mutating func axis(_ rank: Int) -> Int {
    let axis = integer(0...rank - 1)
    return happens(40) ? axis - rank : axis
  }

  /// Random sizes, few of them 0, for at most 60 elements.
  mutating func sizes(ranks: ClosedRange<Int>) -> [Int] {
    // A high rank is the exception.
    let rank = integer(ranks.lowerBound...min(ranks.upperBound, max(ranks.lowerBound, 3)))
    while true {
      let sizes = (0..<rank).map { _ in
        happens(4) ? 0 : choose([1, 1, 2, 2, 2, 3, 3, 4, 5])
      }
      if sizes.reduce(1, *) <= 60 { return sizes }
    }
  }

  /// Random sizes for so many elements, or none where no such rank has them.
  mutating func sizes(ranks: ClosedRange<Int>, count: Int) -> [Int]? {
    let least = max(ranks.lowerBound, count == 1 ? 0 : 1)
    guard least <= ranks.upperBound else { return nil }
    let rank = integer(least...max(least, min(ranks.upperBound, 4)))
    if rank == 0 { return [] }
    var rest = count
    var sizes: [Int] = []
    while sizes.count < rank - 1 {
      let size = count == 0 ? integer(0...3) : choose((1...rest).filter { rest % $0 == 0 })
      sizes.append(size)
      if count > 0 { rest /= size }
    }
    return (sizes + [rest]).shuffled(using: &self)
  }

  /// Random sizes that broadcast with those.
  mutating func sizes(broadcastingWith sizes: [Int]) -> [Int] {
    if happens(30) { return sizes }
    var partner = Array(sizes.dropFirst(happens(40) ? integer(0...sizes.count) : 0))
    for axis in partner.indices where happens(30) {
      if partner[axis] != 1 { partner[axis] = 1 } else { partner[axis] = choose([0, 2, 3]) }
    }
    while partner.count < 4, happens(15) { partner.insert(choose([1, 2, 3]), at: 0) }
    return partner
  }

  /// An element of a type: a number of a range, or a truth value.
  mutating func tensor(
    _ type: DataType, _ sizes: [Int], in range: ClosedRange<Double>? = nil
  ) -> Tensor {
    if !type.isFloatingPoint {
      let low = max(range?.lowerBound ?? (type == .uint8 || type == .bool ? 0 : -5), -1e6)
      let high = min(range?.upperBound ?? (type == .bool ? 1 : 6), 1e6)
      let (least, most) = (Int(low.rounded(.up)), Int(high.rounded(.down)))
      let numbers = (0..<sizes.reduce(1, *)).map { _ in Int64(integer(least...max(least, most))) }
      return try! Tensor(numbers, dimensions: sizes).converted(to: type)
    }
    let numbers = Tensor.sample(sizes, in: range ?? -2...2, seed: next() % 1_000_000)
    guard range == nil, happens(15) else { return try! numbers.converted(to: type) }
    // Zeros, and elements that are equal.
    let halves = try! numbers.elements(as: Double.self).map { ($0 * 2).rounded() / 2 }
    return try! Tensor(halves, dimensions: sizes).converted(to: type)
  }
}
