import GraphIR

extension Lexer {
  /// The longest run of operator characters, which has to be an operator, as in Swift.
  mutating func operatorToken() -> Token.Kind {
    let start = offset
    let isDotted = bytes[start] == .period
    while offset < end {
      let byte = bytes[offset]
      let beginsComment = byte == .slash && (peek(1) == .slash || peek(1) == .star)
      guard byte.isOperatorPart || (isDotted && byte == .period),
        !beginsComment || offset == start
      else { break }
      offset += 1
    }
    let range = SourceRange(start: start, end: offset)
    // No operator is longer.
    if range.end - range.start <= 3, let kind = Token.operators[file.text(in: range)] {
      return kind
    }
    let text = file.quotable(range)
    diagnostics.report("there is no operator '\(text)'", at: range, notes: operatorNotes(text))
    return .invalid
  }

  private func operatorNotes(_ text: String) -> [Diagnostic.Note] {
    let assignments = ["+=", "-=", "*=", "/="]
    if assignments.contains(text) {
      return [Diagnostic.Note("write it in full, as in 'x = x \(text.prefix(1)) y'")]
    }
    if text.hasSuffix("-"), text != "--", Token.operators[String(text.dropLast())] != nil {
      return [Diagnostic.Note("put a space before '-'")]
    }
    switch text {
    case "**", "^": return [Diagnostic.Note("write a power as 'pow(x, y)'")]
    case "..": return [Diagnostic.Note("a range is written '0..<n' or '1...n'")]
    case "=>": return [Diagnostic.Note("the results of a 'func' stand after '->'")]
    default: return []
    }
  }
}
