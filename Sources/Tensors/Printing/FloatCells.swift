/// The texts of an array's elements, as wide as each other, by NumPy's rules.
struct FloatCells {
  /// The digits after the point that NumPy prints at most.
  private static let precision = 8

  static func texts<Element: PrintableFloat>(_ elements: [Element]) -> [String] {
    let finite = elements.filter { $0.double.isFinite }
    let texts =
      usesExponents(finite) ? scientificTexts(finite) : positionalTexts(finite)
    // All texts of finite numbers are equally wide; only others may need more room.
    var remaining = texts.makeIterator()
    let all = elements.map { $0.nonFiniteText ?? remaining.next()! }
    let width = all.lazy.map(\.utf8.count).max() ?? 0
    return all.map { $0.leftPadded(to: width) }
  }

  private static func usesExponents<Element: PrintableFloat>(_ finite: [Element]) -> Bool {
    var largest = 0.0
    var smallest = Double.infinity
    for element in finite where element.double != 0 {
      largest = max(largest, element.double.magnitude)
      smallest = min(smallest, element.double.magnitude)
    }
    guard largest > 0 else { return false }
    var limit = 1.0
    for _ in 0..<min(8, Element.decimalPrecision) { limit *= 10 }
    return largest >= limit || smallest < Element.rounded(0.0001)
      || Element.rounded(largest / smallest) > 1000
  }

  private static func scientificTexts<Element: PrintableFloat>(_ finite: [Element]) -> [String] {
    let fraction =
      finite.lazy.map { $0.scientificDigits(fraction: precision).digits.count - 1 }.max() ?? 0
    // Once one number needs so many digits, the others show theirs beyond the shortest ones.
    let numbers = finite.map { DecimalDigits(rounding: $0.double, toSignificant: fraction + 1) }
    let exponentWidth = numbers.lazy.map { $0.exponent.magnitude < 100 ? 2 : 3 }.max() ?? 2
    let texts = numbers.map {
      $0.scientific(minimumFraction: fraction, exponentWidth: exponentWidth)
    }
    let width = texts.lazy.map(\.utf8.count).max() ?? 0
    return texts.map { $0.leftPadded(to: width) }
  }

  private static func positionalTexts<Element: PrintableFloat>(_ finite: [Element]) -> [String] {
    let texts = finite.map { $0.positionalDigits(fraction: precision).positionalParts }
    let whole = texts.lazy.map(\.whole.utf8.count).max() ?? 0
    let fraction = texts.lazy.map(\.fraction.utf8.count).max() ?? 0
    return texts.map { text in
      text.whole.leftPadded(to: whole) + "." + text.fraction
        + String(repeating: " ", count: fraction - text.fraction.utf8.count)
    }
  }
}

extension DecimalDigits {
  /// The texts before and after the point; nothing follows the point of a whole number.
  fileprivate var positionalParts: (whole: String, fraction: String) {
    let text = positional()
    let point = text.firstIndex(of: ".") ?? text.endIndex
    return (String(text[..<point]), String(text[point...].dropFirst()))
  }
}

extension String {
  /// The text with spaces before it, so that it takes `width` bytes of ASCII.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(width - utf8.count, 0)) + self
  }
}
