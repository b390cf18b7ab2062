import GraphIR

extension Parser {
  /// The string at the current token, after reporting what is wrong with its escapes and with the
  /// expressions in it.
  mutating func string() -> StringSyntax {
    let token = advance()
    var parts: [StringSyntax.Part] = []
    var start = token.range.start + 1
    let end = max(start, token.range.end - 1)
    if source.utf8[start..<end].contains(.backslash) {
      let scan = StringScan(source.utf8, from: token.range.start, to: token.range.end)
      for range in scan.expressions {
        let text = text(from: start, to: range.start - 2)
        if !text.isEmpty { parts.append(.text(text)) }
        if let value = expression(in: range) { parts.append(.value(value)) }
        start = range.end + 1
      }
    }
    let text = text(from: start, to: end)
    if !text.isEmpty || parts.isEmpty { parts.append(.text(text)) }
    return StringSyntax(parts: parts, range: token.range)
  }

  /// The string at the current token as an expression.
  mutating func stringExpression() throws(SyntaxFailure) -> ExpressionSyntax {
    let string = string()
    if let text = string.text { return ExpressionSyntax(.string(text), range: string.range) }
    return try checked(.interpolation(string.parts), from: string.range.start)
  }

  /// The expression that stands in a string; `nil` after reporting what is wrong with it.
  private mutating func expression(in range: SourceRange) -> ExpressionSyntax? {
    var lexer = Lexer(source, in: range)
    lexer.run()
    if let comment = lexer.comments.first {
      lexer.diagnostics.report("a comment cannot stand inside of a string", at: comment)
    }
    var parser = Parser(file: source, tokens: lexer.tokens)
    parser.nesting = nesting + 1
    parser.isInBrackets = true
    parser.isInString = true
    defer {
      diagnostics.append(lexer.diagnostics)
      diagnostics.append(parser.diagnostics)
    }
    do throws(SyntaxFailure) {
      if parser.nesting > Self.nestingLimit { throw parser.tooDeep(at: range) }
      let result = try parser.expression()
      try parser.expect(.endOfFile, "')'")
      return result
    } catch {
      return nil
    }
  }

  /// The text of a part of a string with its escapes resolved, after reporting what is wrong with
  /// them.
  private mutating func text(from start: Int, to end: Int) -> String {
    let bytes = source.utf8[start..<max(start, end)]
    guard bytes.contains(.backslash) else { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var offset = start
    var position = 0
    while position < scalars.count {
      let escape = Escape(scalars, at: position)
      if let scalar = escape.scalar {
        text.append(scalar)
      } else {
        fail(
          escape.problem, at: SourceRange(start: offset, end: offset + escape.byteCount),
          notes: [
            Diagnostic.Note(#"the escapes are \n \t \r \0 \" \' \\, \u{1F600} and \(a value)"#)
          ])
      }
      offset += escape.byteCount
      position += escape.count
    }
    return String(text)
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
      if scalar == nil { problem = "'\(text(scalars, at: position))' is not an escape" }
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
