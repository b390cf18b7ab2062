import GraphIR

/// Cuts the text form of a protocol buffer into tokens.
struct TextLexer {
  enum Token: Equatable {
    case identifier(String)
    /// A number without its sign, as it is written.
    case number(String)
    /// The bytes of one string literal.
    case string([UInt8])
    case symbol(Character)
    case end

    /// The token in a message to the user.
    var summary: String {
      switch self {
      case .identifier(let name): "'\(name)'"
      case .number(let digits): "'\(digits)'"
      case .string: "a string"
      case .symbol(let symbol): "'\(symbol)'"
      case .end: "the end of the file"
      }
    }
  }

  private let bytes: [UInt8]
  private let file: String
  private var offset = 0
  /// Where the token that was read last begins.
  private(set) var tokenStart = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The next token.
  mutating func next() throws -> Token {
    skipBlanks()
    tokenStart = offset
    guard let byte = peek() else { return .end }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      return .identifier(takeWord())
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      return .number(takeNumber())
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return .string(try takeString(quote: byte))
    case 0x21..<0x7F:
      offset += 1
      return .symbol(Character(UnicodeScalar(byte)))
    default:
      throw fail("the byte \(byte) cannot stand outside of a string")
    }
  }

  /// An error at a place in the file, by default at the token that was read last.
  func fail(_ message: String, at place: Int? = nil, notes: [String] = []) -> GraphError {
    let before = bytes.prefix(place ?? tokenStart)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
    return GraphError(
      message, at: SourceLocation(file: file, line: line, column: column), notes: notes)
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if byte == UInt8(ascii: "#") {
        while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
      } else if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        offset += 1
      } else {
        return
      }
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private mutating func takeWord() -> String {
    while let byte = peek(), isWordByte(byte) { offset += 1 }
    return String(decoding: bytes[tokenStart..<offset], as: UTF8.self)
  }

  private mutating func takeNumber() -> String {
    let isHexadecimal = peek(1).map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    while let byte = peek() {
      let previous = offset > tokenStart ? bytes[offset - 1] | 0x20 : 0
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponentSign = isSign && previous == UInt8(ascii: "e") && !isHexadecimal
      guard isWordByte(byte) || byte == UInt8(ascii: ".") || isExponentSign else { break }
      offset += 1
    }
    return String(decoding: bytes[tokenStart..<offset], as: UTF8.self)
  }
}

// MARK: - String literals

extension TextLexer {
  private mutating func takeString(quote: UInt8) throws -> [UInt8] {
    offset += 1
    var result: [UInt8] = []
    while let byte = peek() {
      let start = offset
      offset += 1
      switch byte {
      case quote:
        return result
      case UInt8(ascii: "\n"):
        throw fail("the string does not end on its line")
      case UInt8(ascii: "\\"):
        try takeEscape(into: &result, from: start)
      default:
        result.append(byte)
      }
    }
    throw fail("the string does not end")
  }

  private mutating func takeEscape(into result: inout [UInt8], from start: Int) throws {
    guard let byte = peek() else { throw fail("the string does not end") }
    offset += 1
    switch byte {
    case UInt8(ascii: "a"): result.append(7)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "v"): result.append(11)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
      result.append(byte)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      offset -= 1
      let code = takeDigits(radix: 8, atMost: 3) ?? 0
      guard code < 256 else { throw fail("an octal escape is larger than \\377", at: start) }
      result.append(UInt8(code))
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      guard let code = takeDigits(radix: 16, atMost: 2) else {
        throw fail("expected hexadecimal digits after \\x", at: start)
      }
      result.append(UInt8(code))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = byte == UInt8(ascii: "u") ? 4 : 8
      let begin = offset
      let code = takeDigits(radix: 16, atMost: digits)
      guard offset - begin == digits, let code, let scalar = UnicodeScalar(code) else {
        throw fail("expected \(digits) digits of a Unicode scalar", at: start)
      }
      result += Array(String(Character(scalar)).utf8)
    default:
      throw fail("'\\\(Character(UnicodeScalar(byte)))' is no escape sequence", at: start)
    }
  }

  private mutating func takeDigits(radix: Int, atMost limit: Int) -> UInt32? {
    var value: UInt32?
    for _ in 0..<limit {
      guard let byte = peek(), let digit = Character(UnicodeScalar(byte)).hexDigitValue,
        digit < radix
      else { break }
      offset += 1
      value = (value ?? 0) * UInt32(radix) + UInt32(digit)
    }
    return value
  }
}
