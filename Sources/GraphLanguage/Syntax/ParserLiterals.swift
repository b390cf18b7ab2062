import GraphIR

extension Parser {
  /// The value of the integer at the current token; 0 after reporting that it is too large.
  mutating func integer() -> UInt64 {
    let token = advance()
    let digits = text(token).filter { $0 != "_" }
    let isHexadecimal = digits.count > 1 && digits.dropFirst().first?.isLetter == true
    let value = isHexadecimal ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
    if value == nil {
      fail(
        "the integer \(source.quotable(token.range)) is larger than \(UInt64.max)",
        at: token.range)
    }
    return value ?? 0
  }

  /// The value of the decimal at the current token; 0 after reporting that there is none.
  mutating func decimal() -> Double {
    let token = advance()
    let digits = text(token).filter { $0 != "_" }
    let value = Double(digits) ?? .infinity
    if value.isInfinite {
      fail("\(source.quotable(token.range)) is larger than any Float64", at: token.range)
      return 0
    }
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    if value == 0, mantissa.contains(where: { $0 != "0" && $0 != "." }) {
      fail("\(source.quotable(token.range)) is smaller than any Float64", at: token.range)
    }
    return value
  }
}
