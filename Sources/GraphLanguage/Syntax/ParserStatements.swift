import GraphIR

extension Parser {
  /// The statement that begins at the current token.
  mutating func statement() throws(SyntaxFailure) -> StatementSyntax.Kind {
    switch token.kind {
    case .let, .var: return .binding(try binding())
    case .func: return .function(try function())
    case .for: return .loop(try loop())
    case .import: return .importFile(try importFile())
    case .leftParenthesis where isTupleAssignment: return .assignment(try assignment())
    case .identifier:
      if nextToken.kind == .equal { return .assignment(try assignment()) }
      return try statementOfWord()
    default: throw unknownStatement()
    }
  }

  private mutating func statementOfWord() throws(SyntaxFailure) -> StatementSyntax.Kind {
    // A keyword is followed by a name; a longer text is none.
    guard token.range.end - token.range.start <= 12 else { throw unknownStatement() }
    switch text(token) {
    case "placeholder": return .placeholder(try placeholder())
    case "variable":
      advance()
      return .variable(try variable("a variable", example: "variable w: Float32[3, 4] = zeros"))
    case "parameter":
      advance()
      return .parameter(try variable("a parameter", example: "parameter rate = 0.001"))
    case "scope": return .scope(try scope())
    case "output":
      advance()
      return .output(try namedResults("an output"))
    case "target":
      advance()
      return .target(try namedResults("a target"))
    default: throw unknownStatement()
    }
  }

  private mutating func placeholder() throws(SyntaxFailure) -> PlaceholderSyntax {
    advance()
    let name = try name("the name of a placeholder")
    try expect(
      .colon, "':' and a type",
      notes: [Diagnostic.Note("write it as 'placeholder \(name.name): Float32[?, 3]'")])
    let type = try type()
    let defaultValue = take(.equal) == nil ? nil : try expression()
    return PlaceholderSyntax(name: name, type: type, defaultValue: defaultValue)
  }

  private mutating func variable(
    _ what: String, example: String
  ) throws(SyntaxFailure) -> VariableSyntax {
    let name = try name("the name of \(what)")
    let type = take(.colon) == nil ? nil : try type()
    try expect(.equal, "'=' and a value", notes: [Diagnostic.Note("write it as '\(example)'")])
    return VariableSyntax(name: name, type: type, value: try expression())
  }

  private mutating func binding() throws(SyntaxFailure) -> BindingSyntax {
    let keyword = advance()
    let isTuple = token.kind == .leftParenthesis
    let pattern = try isTuple ? tuplePattern() : [singlePattern()]
    var type: TypeSyntax?
    if take(.colon) != nil {
      if isTuple { throw fail("names in parentheses have no type", at: previous.range) }
      type = try self.type()
    }
    try expect(.equal, "'=' and a value")
    return BindingSyntax(
      isMutable: keyword.kind == .var, pattern: pattern, isTuple: isTuple, type: type,
      value: try expression())
  }

  private mutating func singlePattern() throws(SyntaxFailure) -> PatternElementSyntax {
    let name = try name("a name")
    return PatternElementSyntax(name: name.name, range: name.range)
  }

  private mutating func tuplePattern() throws(SyntaxFailure) -> [PatternElementSyntax] {
    let opening = advance()
    let pattern = try commaSeparated(from: opening, to: .rightParenthesis, ")") {
      (parser: inout Parser) throws(SyntaxFailure) -> PatternElementSyntax in
      if let token = parser.take(.underscore) {
        return PatternElementSyntax(name: nil, range: token.range)
      }
      return try parser.singlePattern()
    }
    if pattern.isEmpty { throw fail("expected a name before ')'", at: previous.range) }
    return pattern
  }

  private mutating func assignment() throws(SyntaxFailure) -> AssignmentSyntax {
    let isTuple = token.kind == .leftParenthesis
    let range = token.range
    let pattern =
      try isTuple ? tuplePattern() : [PatternElementSyntax(name: nameText(advance()), range: range)]
    try expect(.equal, "'=' and a value")
    return AssignmentSyntax(pattern: pattern, isTuple: isTuple, value: try expression())
  }

  /// Whether names in parentheses and a `=` come next.
  private var isTupleAssignment: Bool {
    var position = index + 1
    while [.identifier, .underscore, .comma].contains(tokens[position].kind) { position += 1 }
    guard tokens[position].kind == .rightParenthesis else { return false }
    return tokens[position + 1].kind == .equal
  }

  private mutating func scope() throws(SyntaxFailure) -> ScopeSyntax {
    advance()
    do throws(SyntaxFailure) {
      guard token.kind == .string, !token.startsLine else {
        throw expected("a name in quotes", notes: [Diagnostic.Note("write 'scope \"name\" { … }'")])
      }
    } catch {
      try checkBlockAfterBrokenHead()
      throw error
    }
    let name = string()
    return ScopeSyntax(name: name, body: try block())
  }

  private mutating func importFile() throws(SyntaxFailure) -> StringSyntax {
    advance()
    guard token.kind == .string, !token.startsLine else {
      throw expected(
        "a file in quotes", notes: [Diagnostic.Note("write 'import \"other.graph\"'")])
    }
    return string()
  }

  private mutating func namedResults(
    _ what: String
  ) throws(SyntaxFailure) -> [NamedResultSyntax] {
    var results: [NamedResultSyntax] = []
    repeat {
      // After a comma, the list may go on in the next line.
      let wasInBrackets = isInBrackets
      isInBrackets = !results.isEmpty
      defer { isInBrackets = wasInBrackets }
      if token.kind == .string, !token.startsLine || isInBrackets {
        isInBrackets = wasInBrackets
        results.append(try labelledResult(what))
        continue
      }
      let name = try name("the name of \(what)")
      isInBrackets = wasInBrackets
      let value = take(.equal) == nil ? nil : try expression()
      results.append(NamedResultSyntax(name: name, value: value))
    } while take(.comma) != nil
    return results
  }

  /// A result whose name stands in quotation marks.
  private mutating func labelledResult(
    _ what: String
  ) throws(SyntaxFailure) -> NamedResultSyntax {
    let label = string()
    try expect(
      .equal, "'=' and a value",
      notes: [Diagnostic.Note("a name in quotes names \(what) only, and no node")])
    let name = IdentifierSyntax(name: label.text ?? "", range: label.range)
    return NamedResultSyntax(name: name, label: label, value: try expression())
  }
}
