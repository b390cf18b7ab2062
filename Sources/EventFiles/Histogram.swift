import Tensors

/// How many of a tensor's numbers lie where, in the intervals that TensorBoard uses.
///
/// The limits of the intervals are 0, ±1e-12 · 1.1ᵏ below 1e20, and the greatest numbers there
/// are: within a tenth of what the numbers are, whatever their size.
public struct Histogram: Sendable, Equatable {
  /// How many numbers were counted; those that are not finite are left out.
  public private(set) var count = 0
  /// The least of the numbers; 0 of none.
  public private(set) var minimum = 0.0
  /// The greatest of the numbers; 0 of none.
  public private(set) var maximum = 0.0
  /// The sum of the numbers.
  public private(set) var sum = 0.0
  /// The sum of the squares of the numbers.
  public private(set) var sumOfSquares = 0.0
  /// The intervals that hold numbers, in order, with what lies between them put together.
  ///
  /// An interval begins where the one before ends and does not hold its limit.
  public private(set) var intervals: [Interval] = []

  /// Numbers up to a limit.
  public struct Interval: Sendable, Equatable {
    /// What the numbers are below.
    public let limit: Double
    /// How many they are.
    public let count: Int
  }

  /// The histogram of a tensor's numbers.
  ///
  /// - Throws: `TensorError` for a tensor of strings.
  public init(of tensor: Tensor) throws {
    let numbers = try tensor.converted(to: .float64)
    var counts = [Int](repeating: 0, count: Self.limits.count)
    numbers.withUnsafeBytes { bytes in
      Self.limits.withUnsafeBufferPointer { limits in
        add(bytes.bindMemory(to: Double.self), limits, &counts)
      }
    }
    if count == 0 { (minimum, maximum) = (0, 0) }
    intervals = Self.intervals(counts)
  }

  private mutating func add(
    _ numbers: UnsafeBufferPointer<Double>, _ limits: UnsafeBufferPointer<Double>,
    _ counts: inout [Int]
  ) {
    minimum = .greatestFiniteMagnitude
    maximum = -.greatestFiniteMagnitude
    // These loops count by hand: without the optimiser, a range costs more than the work itself.
    var index = 0
    while index < numbers.count {
      let number = numbers[index]
      index &+= 1
      guard number.isFinite else { continue }
      count &+= 1
      sum += number
      sumOfSquares += number * number
      if number < minimum { minimum = number }
      if number > maximum { maximum = number }
      // The first limit above the number; the last takes the greatest number, too.
      var low = 0
      var high = limits.count &- 1
      while low < high {
        let middle = (low &+ high) / 2
        if limits[middle] > number { high = middle } else { low = middle &+ 1 }
      }
      counts[low] &+= 1
    }
  }

  /// The intervals that hold numbers, each run of empty ones as one.
  private static func intervals(_ counts: [Int]) -> [Interval] {
    var result: [Interval] = []
    var position = 0
    while position < counts.count {
      var end = position
      if counts[position] == 0 {
        while end + 1 < counts.count, counts[end + 1] == 0 { end += 1 }
      }
      result.append(Interval(limit: limits[end], count: counts[position]))
      position = end + 1
    }
    return result
  }

  /// The limits of all intervals, in order.
  private static let limits: [Double] = {
    var positive: [Double] = []
    var limit = 1e-12
    while limit < 1e20 {
      positive.append(limit)
      limit *= 1.1
    }
    positive.append(.greatestFiniteMagnitude)
    return positive.reversed().map { -$0 } + [0] + positive
  }()
}
