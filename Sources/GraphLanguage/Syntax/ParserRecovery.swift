import GraphIR

extension Parser {
  /// The words that begin a statement but may be names elsewhere.
  static let statementWords: Set<String> = [
    "placeholder", "variable", "parameter", "scope", "output", "target",
  ]
  /// Every word that begins a statement, for suggestions.
  static let statementKeywords =
    ["placeholder", "variable", "parameter", "scope", "output", "target"]
    + ["let", "var", "func", "for", "import"]

  /// Every statement of the file.
  mutating func file() -> [StatementSyntax] {
    var result: [StatementSyntax] = []
    while token.kind != .endOfFile, !diagnostics.isFull {
      result += statements()
      if token.kind == .rightBrace {
        fail("there is no '{' for this '}'", at: token.range)
        advance()
      }
    }
    return result
  }

  /// The statements up to a `}` or the end of the file.
  mutating func statements() -> [StatementSyntax] {
    var result: [StatementSyntax] = []
    while !diagnostics.isFull {
      while take(.semicolon) != nil {}
      if token.kind == .endOfFile || token.kind == .rightBrace { break }
      let start = index
      do {
        let attributes = try attributes()
        let kind = try statement()
        result.append(StatementSyntax(kind, attributes: attributes, range: range(from: start)))
        try endOfStatement()
      } catch {
        synchronise(from: start)
        if index == start { advance() }
      }
    }
    return result
  }

  private mutating func endOfStatement() throws(SyntaxFailure) {
    if token.startsLine { return }
    switch token.kind {
    case .semicolon, .rightBrace, .endOfFile: return
    case .pi, .identifier, .integer, .decimal, .leftParenthesis:
      let multiplies =
        token.kind == .pi || [.integer, .decimal, .pi, .rightParenthesis].contains(previous.kind)
      let notes = multiplies ? [Diagnostic.Note("to multiply, write '*' between the two")] : []
      throw expected("a new line or ';'", notes: notes)
    default: throw expected("a new line or ';'")
    }
  }

  /// Skips the rest of a statement that begins at a token and cannot be parsed.
  ///
  /// Stops at `;`, at the `}` of the block around it, and at the first line that is not inside of
  /// brackets or that begins a statement for certain.
  private mutating func synchronise(from start: Int) {
    var brackets = 0
    var braces = 0
    var position = start
    while tokens[position].kind != .endOfFile {
      let candidate = tokens[position]
      if position >= index && position > start && braces == 0 {
        if candidate.kind == .semicolon || candidate.kind == .rightBrace { break }
        let isNewLine = candidate.startsLine && brackets == 0 && !continuesLine(at: position)
        if isNewLine || beginsStatement(at: position) { break }
      }
      switch candidate.kind {
      case .leftParenthesis, .leftBracket: brackets += 1
      case .rightParenthesis, .rightBracket: brackets = max(0, brackets - 1)
      case .leftBrace: braces += 1
      case .rightBrace: braces = max(0, braces - 1)
      default: break
      }
      position += 1
    }
    index = max(index, position)
  }

  /// Whether the first token of a line goes on with the line above.
  private func continuesLine(at position: Int) -> Bool {
    let candidate = tokens[position]
    switch candidate.kind {
    case .leftBrace, .period, .rightParenthesis, .rightBracket, .comma, .arrow: return true
    default: return candidate.kind.isBinaryOperator && candidate.hasSpaceAfter
    }
  }

  /// Whether a line begins here that can be nothing but a statement.
  func beginsStatement(at position: Int) -> Bool {
    let candidate = tokens[position]
    guard candidate.startsLine, position + 1 < tokens.count else { return false }
    switch candidate.kind {
    case .let, .var, .func, .for, .import, .at: return true
    case .identifier:
      let next = tokens[position + 1]
      if next.kind == .equal { return true }
      let isDirect = !next.startsLine && (next.kind == .identifier || next.kind == .string)
      return isDirect && Self.statementWords.contains(text(candidate))
    default: return false
    }
  }

  /// Goes on to the `{` of a statement whose head cannot be parsed, and checks its block.
  mutating func checkBlockAfterBrokenHead() throws(SyntaxFailure) {
    var position = index
    while tokens[position].kind != .leftBrace {
      let candidate = tokens[position]
      if candidate.kind == .endOfFile || candidate.kind == .rightBrace
        || candidate.kind == .semicolon || (position > index && beginsStatement(at: position))
      {
        return
      }
      position += 1
    }
    index = position
    _ = try block()
  }

  /// The statements between `{` and `}`.
  mutating func block() throws(SyntaxFailure) -> [StatementSyntax] {
    let opening = token
    try expect(.leftBrace, "'{'")
    try enter(opening)
    defer { nesting -= 1 }
    let body = statements()
    if take(.rightBrace) == nil, !hasReportedMissingBrace, !diagnostics.isFull {
      hasReportedMissingBrace = true
      _ = expected("'}'", notes: [opened(opening)])
    }
    return body
  }
}
