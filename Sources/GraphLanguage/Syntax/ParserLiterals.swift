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

  /// The string at the current token, after reporting what is wrong with its escapes.
  mutating func string() -> StringSyntax {
    let token = advance()
    var text = String.UnicodeScalarView()
    let start = token.range.start + 1
    let scalars = Array(
      String(decoding: source.utf8[start..<max(start, token.range.end - 1)], as: UTF8.self)
        .unicodeScalars)
    var offset = start
    var position = 0
    while position < scalars.count {
      let escape = Escape(scalars, at: position)
      if let scalar = escape.scalar {
        text.append(scalar)
      } else {
        fail(
          escape.problem, at: SourceRange(start: offset, end: offset + escape.byteCount),
          notes: [Diagnostic.Note(#"the escapes are \n \t \r \0 \" \' \\ and \u{1F600}"#)])
      }
      offset += escape.byteCount
      position += escape.count
    }
    return StringSyntax(text: String(text), range: token.range)
  }
}

/// One character of a string as it is written: itself, or an escape.
private struct Escape {
  /// What it stands for; `nil` when it is not an escape of the language.
  var scalar: Unicode.Scalar?
  /// How many scalars it is written with.
  var count = 1
  /// How many bytes it is written with.
  var byteCount = 0
  var problem = ""

  private static let simple: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r", "0": "\0", "\"": "\"", "'": "'", "\\": "\\",
  ]

  init(_ scalars: [Unicode.Scalar], at position: Int) {
    scalar = scalars[position]
    if scalar == "\\", position + 1 < scalars.count {
      let letter = scalars[position + 1]
      count = 2
      scalar = Self.simple[letter]
      if letter == "u" { parseCodePoint(scalars, at: position) }
      if letter == "(" {
        problem = "a string cannot hold the value of an expression"
      } else if scalar == nil {
        problem = "'\(text(scalars, at: position))' is not an escape"
      }
    }
    byteCount = scalars[position..<(position + count)].reduce(0) { $0 + UTF8.width($1) }
  }

  /// Parses `\u{…}` with one to eight hexadecimal digits.
  private mutating func parseCodePoint(_ scalars: [Unicode.Scalar], at position: Int) {
    guard position + 2 < scalars.count, scalars[position + 2] == "{" else { return }
    let digits = scalars[(position + 3)...].prefix(9).prefix { $0.properties.isASCIIHexDigit }
    let end = position + 3 + digits.count
    guard (1...8).contains(digits.count), end < scalars.count, scalars[end] == "}" else { return }
    count = end + 1 - position
    let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
    scalar = value.flatMap(Unicode.Scalar.init)
  }

  private func text(_ scalars: [Unicode.Scalar], at position: Int) -> String {
    String(String.UnicodeScalarView(scalars[position..<(position + count)]))
  }
}
