import GraphIR

extension SourceFile {
  /// The statements of the file, and everything that is wrong with its syntax.
  ///
  /// Statements with errors are left out of the tree. There are at most 50 diagnostics, in the
  /// order of the source, and all of them are errors.
  public func parse() -> (tree: SourceTree, diagnostics: [Diagnostic]) {
    let result = parseWithTokens()
    return (result.tree, result.diagnostics)
  }

  func parseWithTokens() -> (tree: SourceTree, diagnostics: [Diagnostic], tokens: [Token]) {
    guard utf8.count <= Self.maximumSize else {
      let diagnostic = Diagnostic(
        "the file has \(utf8.count) bytes; a graph file has at most \(Self.maximumSize)",
        at: SourceLocation(file: name, line: 1))
      return (SourceTree(source: self, statements: [], comments: []), [diagnostic], [])
    }
    var lexer = Lexer(self)
    guard lexer.run() else {
      let diagnostic = Diagnostic(
        "the file has more than \(Self.maximumTokenCount) words, numbers and signs",
        at: SourceLocation(file: name, line: 1),
        notes: [Diagnostic.Note("long constants take less room as base64(\"…\")")])
      return (SourceTree(source: self, statements: [], comments: []), [diagnostic], [])
    }
    var parser = Parser(file: self, tokens: lexer.tokens)
    let statements = parser.file()
    return (
      SourceTree(source: self, statements: statements, comments: lexer.comments),
      lexer.diagnostics.merged(with: parser.diagnostics), lexer.tokens
    )
  }
}

/// Thrown, after the diagnostic has been reported, to give up the statement that is being parsed.
struct SyntaxFailure: Error {}

/// A recursive-descent parser of the `.graph` language.
struct Parser {
  /// The most levels of brackets and braces inside one another.
  static let nestingLimit = ExpressionSyntax.depthLimit

  let source: SourceFile
  /// Ends in `.endOfFile`.
  let tokens: [Token]
  var index = 0
  var diagnostics: DiagnosticList
  /// The levels of brackets and braces that are open.
  var nesting = 0
  /// Whether a `(` or `[` is open, inside of which lines do not end statements.
  var isInBrackets = false
  /// Whether the tokens are those of an expression in a string, which ends in `)`.
  var isInString = false
  /// Whether a missing `}` has been reported; the blocks around it miss theirs as well.
  var hasReportedMissingBrace = false

  init(file: SourceFile, tokens: [Token]) {
    source = file
    self.tokens = tokens
    diagnostics = DiagnosticList(file: file)
  }

  var token: Token { tokens[index] }
  var nextToken: Token { tokens[min(index + 1, tokens.count - 1)] }
  /// The token before the current one, or the current one at the beginning.
  var previous: Token { tokens[max(0, index - 1)] }

  func text(_ token: Token) -> String { source.text(in: token.range) }

  /// The name that a token means, without the backticks that may stand round it.
  func nameText(_ token: Token) -> String {
    let range = token.range
    guard token.kind == .identifier, source.utf8[range.start] == .backtick else {
      return text(token)
    }
    return source.text(in: SourceRange(start: range.start + 1, end: range.end - 1))
  }

  /// Moves on, but never past the end of the file.
  @discardableResult
  mutating func advance() -> Token {
    let result = token
    if index < tokens.count - 1 { index += 1 }
    return result
  }

  mutating func take(_ kind: Token.Kind) -> Token? { token.kind == kind ? advance() : nil }

  func range(from start: Int) -> SourceRange {
    SourceRange(start: tokens[start].range.start, end: previous.range.end)
  }
}

extension Parser {
  /// Reports an error, and gives what to throw when the statement cannot go on.
  @discardableResult
  mutating func fail(
    _ message: String, at range: SourceRange, notes: [Diagnostic.Note] = []
  ) -> SyntaxFailure {
    diagnostics.report(message, at: range, notes: notes)
    return SyntaxFailure()
  }

  /// Reports that something else stands at the current token.
  mutating func expected(_ what: String, notes: [Diagnostic.Note] = []) -> SyntaxFailure {
    if token.kind == .invalid { return silentFailure() }
    if isInString, token.kind == .endOfFile {
      let closing = SourceRange(start: token.range.end, end: token.range.end + 1)
      return fail("expected \(what) before ')'", at: closing, notes: notes)
    }
    let atLineEnd = token.startsLine && index > 0
    if token.kind == .endOfFile || atLineEnd {
      let place = token.kind == .endOfFile ? "file" : "line"
      let end = index > 0 ? previous.range.end : token.range.start
      return fail(
        "expected \(what) at the end of the \(place)", at: SourceRange(start: end, end: end),
        notes: notes)
    }
    let found = source.quotable(token.range)
    return fail("expected \(what) before '\(found)'", at: token.range, notes: notes)
  }

  /// What to throw at a token that the lexer has reported.
  mutating func silentFailure() -> SyntaxFailure {
    diagnostics.countSilentFailure()
    return SyntaxFailure()
  }

  mutating func expect(
    _ kind: Token.Kind, _ what: String, notes: [Diagnostic.Note] = []
  ) throws(SyntaxFailure) {
    if take(kind) == nil { throw expected(what, notes: notes) }
  }

  /// A note that says where a bracket or brace was opened.
  func opened(_ token: Token) -> Diagnostic.Note {
    Diagnostic.Note("the '\(text(token))' is here", at: source.location(of: token.range))
  }

  /// The name that has to stand here, in the same line as what is before it.
  mutating func name(_ what: String) throws(SyntaxFailure) -> IdentifierSyntax {
    if token.startsLine && index > 0 && !isInBrackets { throw expected(what) }
    if token.kind == .pi {
      throw fail("'\(text(token))' is the constant and cannot be a name", at: token.range)
    }
    if token.kind.isReserved {
      throw fail("'\(text(token))' is a keyword and cannot be a name", at: token.range)
    }
    guard let token = take(.identifier) else { throw expected(what) }
    return IdentifierSyntax(name: nameText(token), range: token.range)
  }

  /// One level of brackets or braces deeper; to be undone with `leave`.
  mutating func enter(_ opening: Token) throws(SyntaxFailure) {
    guard nesting < Self.nestingLimit else { throw tooDeep(at: opening.range) }
    nesting += 1
  }

  mutating func tooDeep(at range: SourceRange) -> SyntaxFailure {
    fail(
      "this is nested more than \(Self.nestingLimit) levels deep", at: range,
      notes: [Diagnostic.Note("give a part of it a name with 'let'")])
  }

  /// Elements with commas between them up to a closing bracket; a last comma may follow.
  mutating func commaSeparated<Element>(
    from opening: Token, to closing: Token.Kind, _ closingText: String,
    element: (inout Parser) throws(SyntaxFailure) -> Element
  ) throws(SyntaxFailure) -> [Element] {
    try enter(opening)
    let wasInBrackets = isInBrackets
    isInBrackets = true
    defer {
      nesting -= 1
      isInBrackets = wasInBrackets
    }
    var elements: [Element] = []
    while take(closing) == nil {
      if beginsStatement(at: index), nextToken.kind != .equal {
        throw expected("a value or '\(closingText)'", notes: [opened(opening)])
      }
      elements.append(try element(&self))
      if take(closing) != nil { break }
      if take(.comma) == nil {
        throw expected("',' or '\(closingText)'", notes: [opened(opening)])
      }
    }
    return elements
  }
}
