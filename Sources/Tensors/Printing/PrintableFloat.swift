/// A floating-point type as NumPy's rules for printing see it.
protocol PrintableFloat: ConvertibleElement {
  /// The same number, exactly.
  var double: Double { get }
  /// The fewest digits that tell the number from all others of its type.
  var shortestDigits: DecimalDigits { get }
  /// How many decimal digits every number of that length keeps.
  static var decimalPrecision: Int { get }
  /// The number rounded to the type.
  static func rounded(_ value: Double) -> Double
}

extension PrintableFloat {
  /// The number rounded to at most so many digits after the first.
  func scientificDigits(fraction: Int) -> DecimalDigits {
    let shortest = shortestDigits
    if shortest.digits.count - 1 <= fraction { return shortest }
    return DecimalDigits(rounding: double, toSignificant: fraction + 1)
  }

  /// The number rounded to at most so many digits after the decimal point.
  func positionalDigits(fraction: Int) -> DecimalDigits {
    let shortest = shortestDigits
    if shortest.digits.count - 1 - shortest.exponent <= fraction { return shortest }
    let significant = shortest.exponent + 1 + fraction
    if significant <= 0 { return DecimalDigits(parsing: (double < 0 ? "-0" : "0").utf8) }
    return DecimalDigits(rounding: double, toSignificant: significant)
  }

  /// `nan`, `inf` or `-inf`; `nil` for a finite number.
  var nonFiniteText: String? {
    if double.isFinite { return nil }
    return double.isNaN ? "nan" : double < 0 ? "-inf" : "inf"
  }

  /// At most 8 significant digits, as `-2.0` or `1.5e-07`.
  var scalarText: String {
    if let nonFiniteText { return nonFiniteText }
    let digits = scientificDigits(fraction: 7)
    if -4..<8 ~= digits.exponent { return digits.positional(minimumFraction: 1) }
    let text = digits.scientific()
    return digits.digits.count > 1 ? text : text.replacingFirstPoint()
  }

  /// All digits that are needed to read the same number back, in a form that JSON takes too.
  var roundTripText: String {
    if let nonFiniteText { return nonFiniteText }
    let digits = shortestDigits
    if -5..<16 ~= digits.exponent { return digits.positional(minimumFraction: 1) }
    return digits.scientific(minimumFraction: 1)
  }
}

extension String {
  /// `1e+08` for `1.e+08`.
  fileprivate func replacingFirstPoint() -> String {
    guard let point = firstIndex(of: ".") else { return self }
    return String(self[..<point]) + self[index(after: point)...]
  }
}

extension Double: PrintableFloat {
  var double: Double { self }
  var shortestDigits: DecimalDigits { DecimalDigits(parsing: description.utf8) }
  static var decimalPrecision: Int { 15 }
  static func rounded(_ value: Double) -> Double { value }
}

extension Float: PrintableFloat {
  var double: Double { Double(self) }
  var shortestDigits: DecimalDigits { DecimalDigits(parsing: description.utf8) }
  static var decimalPrecision: Int { 6 }
  static func rounded(_ value: Double) -> Double { Double(Float(value)) }
}

extension Float16: PrintableFloat {
  var double: Double { Double(self) }
  // The description has all digits of a whole number, which are not the fewest.
  var shortestDigits: DecimalDigits {
    DecimalDigits(shortestOf: double, upTo: 5) { Float16($0).bitPattern == bitPattern }
  }
  static var decimalPrecision: Int { 3 }
  static func rounded(_ value: Double) -> Double { Double(Float16(value)) }
}

extension BFloat16: PrintableFloat {
  var double: Double { Double(floatValue) }
  var shortestDigits: DecimalDigits {
    DecimalDigits(shortestOf: double, upTo: 4) {
      BFloat16(narrowing: $0).bitPattern == bitPattern
    }
  }
  static var decimalPrecision: Int { 2 }
  static func rounded(_ value: Double) -> Double { BFloat16(narrowing: value).double }
}

extension DecimalDigits {
  /// The number rounded to the fewest digits that `identifies` accepts, or to `limit` of them.
  fileprivate init(shortestOf value: Double, upTo limit: Int, identifies: (Double) -> Bool) {
    for count in 1..<limit {
      self.init(rounding: value, toSignificant: count)
      if let read = Double(scientific(minimumFraction: 1)), identifies(read) { return }
    }
    self.init(rounding: value, toSignificant: limit)
  }
}
