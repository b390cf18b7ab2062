import GraphIR

extension Parser {
  /// A `func` with its body.
  mutating func function() throws(SyntaxFailure) -> FunctionSyntax {
    advance()
    let head: (name: IdentifierSyntax, [FunctionParameterSyntax], [IdentifierSyntax])
    do throws(SyntaxFailure) {
      let name = try name("the name of a block")
      let opening = token
      try expect(
        .leftParenthesis, "'('",
        notes: [Diagnostic.Note("write it as 'func name(_ x, units) -> output { … }'")])
      let parameters = try commaSeparated(from: opening, to: .rightParenthesis, ")") {
        (parser: inout Parser) throws(SyntaxFailure) -> FunctionParameterSyntax in
        try parser.functionParameter()
      }
      try expect(
        .arrow, "'->' and the names of the results",
        notes: [Diagnostic.Note("they are names that the body declares with 'let'")])
      head = (name, parameters, try functionResults())
      if token.kind != .leftBrace { throw expected("'{'") }
    } catch {
      try checkBlockAfterBrokenHead()
      throw error
    }
    return FunctionSyntax(name: head.name, parameters: head.1, results: head.2, body: try block())
  }

  private mutating func functionParameter() throws(SyntaxFailure) -> FunctionParameterSyntax {
    var label: IdentifierSyntax?
    let name: IdentifierSyntax
    if take(.underscore) != nil {
      name = try self.name("the name of a parameter")
    } else if token.kind.isWord && nextToken.kind.isWord {
      label = word()
      name = try self.name("the name of a parameter")
    } else {
      name = try self.name("the name of a parameter")
      label = name
    }
    if token.kind == .colon {
      throw fail(
        "a parameter of a 'func' has no type", at: token.range,
        notes: [Diagnostic.Note("write only its name, and a default as '\(name.name) = 0.5'")])
    }
    let defaultValue = take(.equal) == nil ? nil : try expression()
    return FunctionParameterSyntax(label: label, name: name, defaultValue: defaultValue)
  }

  private mutating func functionResults() throws(SyntaxFailure) -> [IdentifierSyntax] {
    guard let opening = take(.leftParenthesis) else { return [try name("the name of a result")] }
    let results = try commaSeparated(from: opening, to: .rightParenthesis, ")") {
      (parser: inout Parser) throws(SyntaxFailure) -> IdentifierSyntax in
      try parser.name("the name of a result")
    }
    if results.isEmpty {
      throw fail("a 'func' has at least one result", at: range(from: index - 2))
    }
    return results
  }

  /// The attributes before a statement, each with its arguments.
  mutating func attributes() throws(SyntaxFailure) -> [AttributeSyntax] {
    var result: [AttributeSyntax] = []
    while token.kind == .at {
      let start = index
      advance()
      // A letter follows the '@' directly.
      let name = word()
      let hasArguments = token.kind == .leftParenthesis && !token.startsLine
      let arguments = hasArguments ? try self.arguments() : []
      result.append(AttributeSyntax(name: name, arguments: arguments, range: range(from: start)))
    }
    if token.kind == .endOfFile || token.kind == .rightBrace, !result.isEmpty {
      throw expected("a 'placeholder' or an 'output'")
    }
    return result
  }

  /// The current word, even a keyword, as a label or the name of a member.
  mutating func word() -> IdentifierSyntax {
    let token = advance()
    return IdentifierSyntax(name: nameText(token), range: token.range)
  }

  /// A `for` with its body.
  mutating func loop() throws(SyntaxFailure) -> LoopSyntax {
    advance()
    let usage = [Diagnostic.Note("write it as 'for i in 0..<n { … }'")]
    let counter: IdentifierSyntax?
    let bounds: (lower: ExpressionSyntax, upper: ExpressionSyntax, isClosed: Bool)
    do throws(SyntaxFailure) {
      counter = take(.underscore) == nil ? try name("the name of a counter") : nil
      try expect(.in, "'in'", notes: usage)
      let lower = try expression()
      let isClosed = token.kind == .closedRange
      if !isClosed, token.kind != .halfOpenRange { throw expected("'..<'", notes: usage) }
      advance()
      bounds = (lower, try expression(), isClosed)
      if token.kind != .leftBrace { throw expected("'{'", notes: usage) }
    } catch {
      try checkBlockAfterBrokenHead()
      throw error
    }
    return LoopSyntax(
      counter: counter, lowerBound: bounds.lower, upperBound: bounds.upper,
      isClosed: bounds.isClosed, body: try block())
  }

  /// A type, as `Float32[?, 3]`.
  mutating func type() throws(SyntaxFailure) -> TypeSyntax {
    let start = index
    let name = try name("a type")
    if token.kind == .leftParenthesis, !token.startsLine {
      throw fail(
        "the sizes of a type stand in brackets", at: token.range,
        notes: [Diagnostic.Note("write it as '\(name.name)[?, 3]'")])
    }
    guard !token.startsLine, let opening = take(.leftBracket) else {
      return TypeSyntax(name: name, dimensions: .scalar, range: range(from: start))
    }
    if token.kind == .star, nextToken.kind == .rightBracket {
      advance()
      advance()
      return TypeSyntax(name: name, dimensions: .unknownRank, range: range(from: start))
    }
    let sizes = try commaSeparated(from: opening, to: .rightBracket, "]") {
      (parser: inout Parser) throws(SyntaxFailure) -> ExpressionSyntax? in
      try parser.size()
    }
    if sizes.isEmpty {
      throw fail(
        "a type with brackets has at least one size", at: range(from: start),
        notes: [Diagnostic.Note("a scalar is written '\(name.name)'")])
    }
    return TypeSyntax(name: name, dimensions: .known(sizes), range: range(from: start))
  }

  private mutating func size() throws(SyntaxFailure) -> ExpressionSyntax? {
    if take(.questionMark) != nil { return nil }
    switch token.kind {
    case .star:
      throw fail(
        "'*' stands for all of the sizes", at: token.range,
        notes: [Diagnostic.Note("one open size is written '?'")])
    case .underscore:
      throw fail("an open size is written '?'", at: token.range)
    case .colon:
      throw fail("an open size is written '?'", at: token.range)
    default: return try expression()
    }
  }
}
