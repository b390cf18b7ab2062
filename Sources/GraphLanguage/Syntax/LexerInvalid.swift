import GraphIR

extension Lexer {
  /// Whether the character at the current offset is a letter, mark or digit outside of ASCII.
  func isLetterBeyondASCII() -> Bool {
    guard let scalar = scalar(at: offset), !scalar.isASCII else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber:
      return true
    default:
      return false
    }
  }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    guard index < end else { return nil }
    return String(decoding: bytes[index..<min(end, index + 4)], as: UTF8.self).unicodeScalars.first
  }

  private mutating func skipScalar() {
    offset += 1
    while offset < end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
  }

  /// A name that begins with `_` or holds a letter that is not ASCII.
  mutating func invalidName() -> Token.Kind {
    let start = offset
    while peek().isNamePart || (peek() >= 0x80 && isLetterBeyondASCII()) { skipScalar() }
    let range = SourceRange(start: start, end: offset)
    let text = file.quotable(range)
    diagnostics.report(
      "'\(text)' is not a name", at: range,
      notes: [Diagnostic.Note("a name is ASCII letters, digits and '_', and begins with a letter")])
    return .invalid
  }

  /// A run of characters that are no part of the language.
  mutating func invalidCharacters() -> Token.Kind {
    let start = offset
    if isLetterBeyondASCII() { return invalidName() }
    guard let first = scalar(at: start) else { return .invalid }
    skipScalar()
    if let wanted = Self.lookalikes[first] {
      diagnostics.report(
        "'\(first)' is not part of the language", at: SourceRange(start: start, end: offset),
        notes: [Diagnostic.Note("write \(wanted)")])
      return .invalid
    }
    while offset < end, isInvalidCharacter() { skipScalar() }
    let range = SourceRange(start: start, end: offset)
    diagnostics.report("'\(file.quotable(range))' is not part of the language", at: range)
    return .invalid
  }

  private func isInvalidCharacter() -> Bool {
    let byte = peek()
    if byte >= 0x80 {
      guard let scalar = scalar(at: offset) else { return false }
      return scalar != "π" && Self.lookalikes[scalar] == nil && !isLetterBeyondASCII()
    }
    return !byte.isBlank && !byte.isNamePart && !byte.isOperatorPart
      && !"()[]{},:;?.\"`".utf8.contains(byte)
  }

  /// Characters that look like one of the language, or are used for it in mathematics.
  private static let lookalikes: [Unicode.Scalar: String] = [
    "−": "'-'", "–": "'-'", "—": "'-'", "×": "'*'", "·": "'*'", "÷": "'/'",
    "≤": "'.<='", "≥": "'.>='", "≠": "'.!='", "→": "'->'", "…": "'...'",
    "“": "'\"'", "”": "'\"'", "„": "'\"'", "'": "'\"'", "‘": "'\"'", "’": "'\"'",
    "\u{A0}": "a plain space", "\u{200B}": "nothing", "#": "a comment as '// …'",
  ]
}
