/// A number, Boolean or name of a type of elements in the text form.
struct TextNumber {
  /// What stands in the text, sign included.
  let text: String
  private let digits: String
  private let isNegative: Bool

  /// The number that a token is, or `nil` when it can be none.
  init?(_ token: TextLexer.Token, isNegative: Bool) {
    switch token {
    case .identifier(let text), .number(let text): digits = text
    default: return nil
    }
    self.isNegative = isNegative
    text = (isNegative ? "-" : "") + digits
  }

  /// Appends the value of a field, and says whether the number is one of that kind.
  func append(as kind: MessageSchema.Kind, to bytes: inout [UInt8]) -> Bool {
    switch kind {
    case .int32: appendInteger(Int32.self, to: &bytes)
    case .int64: appendInteger(Int64.self, to: &bytes)
    case .uint32: appendInteger(UInt32.self, to: &bytes)
    case .uint64: appendInteger(UInt64.self, to: &bytes)
    case .boolean: appendBoolean(to: &bytes)
    case .dataType: appendDataType(to: &bytes)
    case .float: appendFixed(float(Float.self)?.bitPattern, to: &bytes)
    case .double: appendFixed(float(Double.self)?.bitPattern, to: &bytes)
    case .fixed64: appendFixed(integer(UInt64.self), to: &bytes)
    case .bytes, .text, .message: false
    }
  }

  private func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
    let sign = isNegative ? "-" : ""
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      return Value(sign + digits.dropFirst(2), radix: 16)
    }
    return Value(sign + digits, radix: digits.hasPrefix("0") && digits.count > 1 ? 8 : 10)
  }

  private func float<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ type: Value.Type
  ) -> Value? {
    let word = digits.lowercased()
    let magnitude: Value?
    switch word {
    case "inf", "infinity", "inff", "infinityf": magnitude = .infinity
    case "nan", "nanf": magnitude = .nan
    default:
      // A C programmer's suffix is allowed.
      let isDecimal = word.first.map { $0.isNumber || $0 == "." } ?? false
      magnitude = isDecimal ? Value(word.hasSuffix("f") ? String(word.dropLast()) : word) : nil
    }
    return magnitude.map { isNegative ? -$0 : $0 }
  }

  private func appendInteger<Value: FixedWidthInteger>(
    _ type: Value.Type, to bytes: inout [UInt8]
  ) -> Bool {
    guard let value = integer(type) else { return false }
    bytes.append(varint: UInt64(truncatingIfNeeded: value))
    return true
  }

  private func appendBoolean(to bytes: inout [UInt8]) -> Bool {
    switch text {
    case "true", "True", "t", "1": bytes.append(1)
    case "false", "False", "f", "0": bytes.append(0)
    default: return false
    }
    return true
  }

  private func appendDataType(to bytes: inout [UInt8]) -> Bool {
    guard let number = MessageSchema.dataTypeNumbers[text] ?? integer(Int32.self) else {
      return false
    }
    bytes.append(varint: UInt64(truncatingIfNeeded: number))
    return true
  }

  private func appendFixed<Bits: FixedWidthInteger>(
    _ bits: Bits?, to bytes: inout [UInt8]
  ) -> Bool {
    guard let bits else { return false }
    withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
    return true
  }
}
