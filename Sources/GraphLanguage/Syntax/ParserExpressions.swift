import GraphIR

extension Parser {
  /// An expression; it ends where the next token cannot go on with it.
  mutating func expression() throws(SyntaxFailure) -> ExpressionSyntax {
    try operation(atLeast: 0)
  }

  /// An expression whose operators have at least that precedence.
  private mutating func operation(
    atLeast precedence: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let start = token.range.start
    var result = try prefixed()
    while let first = binaryOperator, first.precedence >= precedence {
      var steps: [OperationStepSyntax] = []
      while let next = binaryOperator, next.precedence == first.precedence {
        let operatorToken = token
        checkOperator(next, isChained: !steps.isEmpty)
        advance()
        let operand = try operation(atLeast: next.precedence + 1)
        steps.append(
          OperationStepSyntax(
            operation: next, operatorRange: operatorToken.range, operand: operand))
      }
      result = try checked(.operation(result, steps), from: start)
    }
    return result
  }

  /// The operator at the current token, if it goes on with the expression.
  private var binaryOperator: BinaryOperator? {
    if token.startsLine && !token.hasSpaceAfter && !isInBrackets { return nil }
    if token.kind == .plainComparison { return BinaryOperator(rawValue: "." + text(token)) }
    return BinaryOperator(token.kind)
  }

  private mutating func checkOperator(_ operation: BinaryOperator, isChained: Bool) {
    let spelling = text(token)
    if token.kind == .plainComparison {
      fail(
        "'\(spelling)' does not compare values", at: token.range,
        notes: [Diagnostic.Note("write '.\(spelling)' to compare element by element")])
    } else if token.hasSpaceBefore != token.hasSpaceAfter {
      fail("'\(spelling)' needs a space on both sides or on neither", at: token.range)
    }
    if isChained && operation.precedence == 0 {
      fail(
        "comparisons cannot be chained", at: token.range,
        notes: [Diagnostic.Note("put one of them in parentheses")])
    }
  }

  private mutating func prefixed() throws(SyntaxFailure) -> ExpressionSyntax {
    guard let minus = take(.minus) else {
      if token.kind == .plus {
        let advice = "to go on with the line above, put a space after the '+'"
        throw fail(
          "there is no '+' before a value", at: token.range,
          notes: token.startsLine ? [Diagnostic.Note(advice)] : [])
      }
      return try postfixed()
    }
    if token.kind == .minus {
      throw fail("'-' stands directly before its value", at: minus.range)
    }
    if minus.hasSpaceAfter, token.kind != .invalid, token.kind != .endOfFile {
      fail("'-' stands directly before its value", at: minus.range)
    }
    let operand = try postfixed()
    return try checked(.negation(operand), from: minus.range.start)
  }

  private mutating func postfixed() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = token.range.start
    let isNumber = token.kind == .integer || token.kind == .decimal
    var result = try primary()
    while true {
      switch token.kind {
      case .period:
        if isNumber { throw fail("a number has no members", at: token.range) }
        advance()
        result = try checked(.member(result, try memberName()), from: start)
      case .leftParenthesis where !token.startsLine:
        guard result.isCallable, previous.kind.isWord else { return result }
        result = try checked(.call(result, try arguments()), from: start)
      case .leftBracket where !token.startsLine:
        if isNumber { throw fail("a number has no elements", at: token.range) }
        result = try checked(.subscripted(result, try indices()), from: start)
      default: return result
      }
    }
  }

  private mutating func memberName() throws(SyntaxFailure) -> IdentifierSyntax {
    guard token.kind.isWord, token.range.start == previous.range.end else {
      throw expected("a name directly after '.'")
    }
    return word()
  }

  mutating func arguments() throws(SyntaxFailure) -> [ArgumentSyntax] {
    let opening = advance()
    return try commaSeparated(from: opening, to: .rightParenthesis, ")") {
      (parser: inout Parser) throws(SyntaxFailure) -> ArgumentSyntax in
      guard parser.token.kind.isWord else {
        return ArgumentSyntax(label: nil, value: try parser.expression())
      }
      if parser.nextToken.kind == .equal {
        let label = parser.text(parser.token)
        throw parser.fail(
          "an argument is passed with ':'", at: parser.nextToken.range,
          notes: [Diagnostic.Note("write '\(label): …'")])
      }
      guard parser.nextToken.kind == .colon else {
        return ArgumentSyntax(label: nil, value: try parser.expression())
      }
      let label = parser.word()
      parser.advance()
      return ArgumentSyntax(label: label, value: try parser.expression())
    }
  }

  private mutating func indices() throws(SyntaxFailure) -> [ExpressionSyntax] {
    let opening = advance()
    let result = try expressions(from: opening)
    if result.isEmpty { throw fail("expected an index before ']'", at: previous.range) }
    return result
  }

  private mutating func expressions(from opening: Token) throws(SyntaxFailure) -> [ExpressionSyntax]
  {
    try commaSeparated(from: opening, to: .rightBracket, "]") {
      (parser: inout Parser) throws(SyntaxFailure) -> ExpressionSyntax in
      try parser.expression()
    }
  }

  private mutating func primary() throws(SyntaxFailure) -> ExpressionSyntax {
    let range = token.range
    switch token.kind {
    case .integer: return ExpressionSyntax(.integer(integer()), range: range)
    case .decimal: return ExpressionSyntax(.decimal(decimal()), range: range)
    case .string: return try stringExpression()
    case .true, .false:
      return ExpressionSyntax(.boolean(advance().kind == .true), range: range)
    case .pi:
      advance()
      return ExpressionSyntax(.pi, range: range)
    case .identifier: return ExpressionSyntax(.name(word().name), range: range)
    case .period:
      advance()
      let name = try memberName()
      let kind = Self.constants[name.name] ?? .enumerationCase(name.name)
      return ExpressionSyntax(kind, range: range.union(name.range))
    case .leftBracket:
      let elements = try expressions(from: advance())
      return try checked(.list(elements), from: range.start)
    case .leftParenthesis: return try parenthesised()
    case .underscore: throw fail("'_' is not a value", at: range)
    default: throw expected("a value")
    }
  }

  /// The numbers that have a name.
  private static let constants: [String: ExpressionSyntax.Kind] = [
    "pi": .pi, "infinity": .infinity, "nan": .notANumber,
  ]

  private mutating func parenthesised() throws(SyntaxFailure) -> ExpressionSyntax {
    let opening = advance()
    let elements = try commaSeparated(from: opening, to: .rightParenthesis, ")") {
      (parser: inout Parser) throws(SyntaxFailure) -> ExpressionSyntax in
      try parser.expression()
    }
    let range = SourceRange(start: opening.range.start, end: previous.range.end)
    if !elements.isEmpty, tokens[index - 2].kind == .comma {
      throw fail("expected a value before ')'", at: previous.range)
    }
    guard var result = elements.first else {
      throw fail("expected a value between '(' and ')'", at: range)
    }
    if elements.count > 1 {
      throw fail(
        "several values in parentheses are not a value", at: range,
        notes: [Diagnostic.Note("a list is written '[a, b]'")])
    }
    result.range = range
    return result
  }

  /// An expression of parsed parts, unless its tree is too deep.
  mutating func checked(
    _ kind: ExpressionSyntax.Kind, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let range = SourceRange(start: start, end: previous.range.end)
    let result = ExpressionSyntax(kind, range: range)
    if result.depth > ExpressionSyntax.depthLimit { throw tooDeep(at: range) }
    return result
  }
}

extension ExpressionSyntax {
  /// Whether `(` directly after it makes a call.
  fileprivate var isCallable: Bool {
    switch kind {
    case .name, .member, .enumerationCase: true
    default: false
    }
  }
}
