#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A finite number in decimal: d₁.d₂d₃… × 10 to the power of `exponent`, with a sign.
struct DecimalDigits {
  var isNegative: Bool
  /// The digits as ASCII, without zeros at either end but for the number 0, which is one zero.
  var digits: [UInt8]
  /// The power of ten that the first digit counts.
  var exponent: Int

  /// The digits of a number written as `-12.34e-56`; the decimal separator may be any byte.
  init(parsing text: some Sequence<UInt8>) {
    isNegative = false
    digits = []
    exponent = -1
    var isFraction = false
    var written = 0
    var writtenIsNegative = false
    var isExponent = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "-"):
        if isExponent { writtenIsNegative = true } else { isNegative = true }
      case UInt8(ascii: "+"):
        break
      case UInt8(ascii: "e"):
        isExponent = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isExponent {
          written = written * 10 + Int(byte - UInt8(ascii: "0"))
        } else {
          if digits.isEmpty && byte == UInt8(ascii: "0") {
            if isFraction { exponent -= 1 }
          } else {
            digits.append(byte)
            if !isFraction { exponent += 1 }
          }
        }
      default:
        isFraction = true
      }
    }
    exponent += writtenIsNegative ? -written : written
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits.isEmpty {
      digits = [UInt8(ascii: "0")]
      exponent = 0
    }
  }

  /// The number rounded to at most so many significant digits, exactly, ties to the even digit.
  ///
  /// - Precondition: The number is finite.
  init(rounding value: Double, toSignificant count: Int) {
    let capacity = min(max(count, 1), 800) + 16
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      _ = withVaList([Int32(capacity - 16 - 1), value]) { arguments in
        vsnprintf(buffer.baseAddress!, capacity, "%.*e", arguments)
      }
      return buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    }
    self.init(parsing: text)
  }

  /// As `1.25e+08`, with at least `minimumFraction` digits after the point and at least
  /// `exponentWidth` in the exponent.
  func scientific(minimumFraction: Int = 0, exponentWidth: Int = 2) -> String {
    var result = isNegative ? "-" : ""
    result += ascii(digits.prefix(1)) + "." + ascii(digits.dropFirst())
    result += zeros(minimumFraction - (digits.count - 1))
    let magnitude = String(exponent.magnitude)
    result += exponent < 0 ? "e-" : "e+"
    return result + zeros(exponentWidth - magnitude.utf8.count) + magnitude
  }

  /// As `120.` or `0.012`, with at least `minimumFraction` digits after the point.
  func positional(minimumFraction: Int = 0) -> String {
    var result = isNegative ? "-" : ""
    let wholeCount = exponent + 1
    let fraction: String
    if wholeCount <= 0 {
      result += "0"
      fraction = zeros(-wholeCount) + ascii(digits[...])
    } else {
      result += ascii(digits.prefix(wholeCount)) + zeros(wholeCount - digits.count)
      fraction = ascii(digits.dropFirst(wholeCount))
    }
    return result + "." + fraction + zeros(minimumFraction - fraction.utf8.count)
  }
}

private func ascii(_ digits: ArraySlice<UInt8>) -> String {
  String(decoding: digits, as: UTF8.self)
}

private func zeros(_ count: Int) -> String {
  String(repeating: "0", count: max(count, 0))
}
