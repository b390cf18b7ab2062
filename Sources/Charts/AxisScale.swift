#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The range of an axis, what is marked on it, and where its numbers are.
struct AxisScale {
  let low: Double
  let high: Double
  let isLogarithmic: Bool
  /// The numbers that are marked, in order, with their texts.
  private(set) var ticks: [(value: Double, text: String)] = []

  /// An axis that holds the numbers, those that are not finite left out.
  ///
  /// - Parameters:
  ///   - numbers: What is to be on the axis.
  ///   - scale: How numbers become places.
  ///   - tickCount: About how many numbers to mark.
  ///   - padding: The share of the range that is added at both ends.
  init(_ numbers: [Double], scale: Chart.Scale, tickCount: Int, padding: Double) {
    let finite = numbers.filter(\.isFinite)
    let positive = finite.filter { $0 > 0 }
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 1)
    switch scale {
    case .linear: isLogarithmic = false
    case .logarithmic: isLogarithmic = !positive.isEmpty
    case .automatic:
      isLogarithmic = least > 0 && finite.count > 1 && greatest / least > 100
    }
    if isLogarithmic {
      let top = positive.max()!
      // Numbers that are next to nothing would leave no room for the others.
      let bottom = max(positive.min()!, top * 1e-9, .leastNormalMagnitude)
      let decades = max(log10(top) - log10(bottom), 0.1)
      low = pow(10, log10(bottom) - decades * padding)
      high = pow(10, min(log10(top) + decades * padding, 308))
      ticks = Self.decadeTicks(low, high, tickCount)
    } else {
      let size = max(abs(least), abs(greatest))
      // Half of each: the difference of numbers of both signs may not be finite.
      let span = greatest / 2 - least / 2
      let room = span > size * 1e-12 ? span * 2 * padding : (size > 0 ? size * 0.1 : 1)
      var (bottom, top) = (least - room, greatest + room)
      // A share keeps to its limits, and what is near 0 begins there.
      if least >= 0, bottom < 0 || padding > 0 && least < 0.2 * greatest { bottom = 0 }
      if least >= 0, greatest <= 1, top > 1 { top = 1 }
      if padding == 0 { (bottom, top) = span > 0 ? (least, greatest) : (bottom, top) }
      low = max(bottom, -.greatestFiniteMagnitude / 4)
      high = min(max(top, low + .leastNormalMagnitude), .greatestFiniteMagnitude / 4)
      ticks = Self.evenTicks(low, high, tickCount)
    }
  }

  /// Where a number is: 0 at the low end, 1 at the high one; `nil` where it has no place.
  func position(of number: Double) -> Double? {
    guard number.isFinite else { return nil }
    if isLogarithmic {
      guard number > 0 else { return nil }
      return max(-0.5, (log(number) - log(low)) / (log(high) - log(low)))
    }
    guard high > low else { return 0.5 }
    return (number / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private static func evenTicks(
    _ low: Double, _ high: Double, _ count: Int
  ) -> [(value: Double, text: String)] {
    let rough = (high - low) / Double(max(1, count))
    guard rough.isFinite, rough > 0 else { return [] }
    let power = pow(10, log10(rough).rounded(.down))
    guard power > 0, power.isFinite else { return [] }
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000, abs(first) < 1e15 else { return [] }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    return Array(zip(values, tickTexts(values, step: step))).map { (value: $0, text: $1) }
  }

  /// Powers of ten, and twice and five times these where there are few.
  private static func decadeTicks(
    _ low: Double, _ high: Double, _ count: Int
  ) -> [(value: Double, text: String)] {
    let (first, last) = (Int(log10(low).rounded(.down)), Int(log10(high).rounded(.up)))
    let decades = log10(high) - log10(low)
    let factors: [Double] = decades * 3 <= Double(count) + 1 ? [1, 2, 5] : [1]
    let stride = max(1, Int((decades / Double(max(1, count))).rounded(.up)))
    var values: [Double] = []
    for exponent in first...last where exponent % stride == 0 {
      values += factors.map { $0 * pow(10, Double(exponent)) }
    }
    return values.filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
      .map { (value: $0, text: shortText($0)) }
  }
}
