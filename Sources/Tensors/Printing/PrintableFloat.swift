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
  var shortestDigits: DecimalDigits { DecimalDigits(parsing: description.utf8) }
  static var decimalPrecision: Int { 3 }
  static func rounded(_ value: Double) -> Double { Double(Float16(value)) }
}

extension BFloat16: PrintableFloat {
  var double: Double { Double(floatValue) }
  static var decimalPrecision: Int { 2 }
  static func rounded(_ value: Double) -> Double { BFloat16(narrowing: value).double }

  var shortestDigits: DecimalDigits {
    // Four digits always suffice for the eight bits of the significand.
    for count in 1..<4 {
      let digits = DecimalDigits(rounding: double, toSignificant: count)
      if let value = Double(digits.scientific(minimumFraction: 1)),
        BFloat16(narrowing: value).bitPattern == bitPattern
      {
        return digits
      }
    }
    return DecimalDigits(rounding: double, toSignificant: 4)
  }
}
