import GraphIR

extension SourceFile {
  /// The text of the file in its canonical form.
  ///
  /// Two spaces indent, one space stands round a binary operator, each statement has a line of its
  /// own, and the text ends in one line end. Comments, single blank lines and line breaks inside
  /// of an expression are kept. The result parses to the same tree, and formatting it again
  /// changes nothing.
  ///
  /// - Throws: `GraphError` when the file has errors.
  public func formatted() throws(GraphError) -> String {
    let (tree, diagnostics, tokens) = parseWithTokens()
    guard diagnostics.isEmpty else { throw GraphError(diagnostics) }
    var formatter = Formatter(tree: tree, tokens: tokens)
    return formatter.run()
  }
}

/// Writes the tokens and comments of a correct file with canonical spaces between them.
struct Formatter {
  /// A token or a comment.
  private struct Item {
    /// `nil` for a comment.
    var token: Token?
    var range: SourceRange
    /// The ends of lines between the item before and this one.
    var lineEndsBefore: Int
    /// The first token after it.
    var next: Token?
  }

  /// A bracket or brace that is open.
  private struct Opening {
    var isBrace: Bool
    /// The indentation of its line, or for a brace that of its statement.
    var indentation: Int
  }

  private let source: SourceFile
  private var items: [Item] = []
  private let statementStarts: Set<Int>
  /// Where attributes end, after which a line of its own begins.
  private let attributeEnds: Set<Int>

  private var result = ""
  private var openings: [Opening] = []
  private var lineIndentation = 0
  private var statementIndentation = 0
  private var spacing = TokenSpacing()

  init(tree: SourceTree, tokens: [Token]) {
    source = tree.source
    var starts: Set<Int> = []
    var ends: Set<Int> = []
    var pending = tree.statements
    while let statement = pending.popLast() {
      starts.insert(statement.range.start)
      ends.formUnion(statement.attributes.map(\.range.end))
      pending += statement.body
    }
    statementStarts = starts
    attributeEnds = ends
    items = Self.items(tree: tree, tokens: tokens)
  }

  private static func items(tree: SourceTree, tokens: [Token]) -> [Item] {
    var result: [Item] = []
    var comments = tree.comments.makeIterator()
    var comment = comments.next()
    var end = 0
    func append(_ token: Token?, _ range: SourceRange) {
      let gap = tree.source.text(in: SourceRange(start: end, end: range.start))
      let lineEnds = gap.lazy.filter(\.isNewline).count
      result.append(Item(token: token, range: range, lineEndsBefore: lineEnds))
      end = range.end
    }
    for token in tokens {
      while let range = comment, range.start < token.range.start {
        append(nil, range)
        comment = comments.next()
      }
      if token.kind != .semicolon, token.kind != .endOfFile { append(token, token.range) }
    }
    var next: Token?
    for index in result.indices.reversed() {
      result[index].next = next
      next = result[index].token ?? next
    }
    return result
  }

  mutating func run() -> String {
    for index in items.indices {
      if let token = items[index].token {
        write(token, at: index)
      } else {
        writeComment(at: index)
      }
    }
    if !result.isEmpty { result += "\n" }
    return result
  }

  private mutating func writeComment(at index: Int) {
    let item = items[index]
    if index == 0 || item.lineEndsBefore > 0 || items[index - 1].token == nil {
      beginLine(indentation: commentIndentation(at: index), at: index)
    } else {
      result += "  "
    }
    var text = source.text(in: item.range)
    while let last = text.unicodeScalars.last, last == " " || last == "\t" {
      text.unicodeScalars.removeLast()
    }
    result += text
  }

  /// As far in as the statement, or the part of one, that follows.
  private func commentIndentation(at index: Int) -> Int {
    guard let next = items[index].next else { return blockIndentation }
    if next.kind == .rightBrace || beginsStatement(next) { return blockIndentation }
    if next.kind == .leftBrace || followsAttribute { return statementIndentation }
    if let opening = openings.last, !opening.isBrace { return opening.indentation + 2 }
    return statementIndentation + 2
  }

  private var blockIndentation: Int {
    openings.last.map { $0.indentation + 2 } ?? 0
  }

  private func beginsStatement(_ token: Token) -> Bool {
    statementStarts.contains(token.range.start)
  }

  /// Whether an attribute ends directly before what is written next.
  private var followsAttribute: Bool {
    spacing.previous.map { attributeEnds.contains($0.range.end) } ?? false
  }

  private mutating func write(_ token: Token, at index: Int) {
    let isFirst = beginsStatement(token)
    if isFirst {
      statementIndentation = blockIndentation
      spacing = TokenSpacing()
    }
    if breaksLine(before: token, at: index) {
      beginLine(indentation: indentation(of: token), at: index)
    } else if index > 0, spacing.separates(token, next: items[index].next) {
      result += " "
    }
    result += source.text(in: token.range)
    track(token, next: items[index].next)
  }

  private func breaksLine(before token: Token, at index: Int) -> Bool {
    guard index > 0 else { return true }
    if items[index - 1].token == nil || beginsStatement(token) || followsAttribute { return true }
    if token.kind == .rightBrace { return spacing.previous?.kind != .leftBrace }
    if token.kind == .leftBrace || items[index].lineEndsBefore == 0 { return false }
    if let opening = openings.last, !opening.isBrace { return true }
    guard let previous = spacing.previous else { return false }
    return token.kind.isBinaryOperator || token.kind == .period
      || previous.kind.isBinaryOperator || previous.kind == .equal || previous.kind == .comma
  }

  private func indentation(of token: Token) -> Int {
    if beginsStatement(token) || token.kind == .leftBrace || followsAttribute {
      return statementIndentation
    }
    let closes: [Token.Kind] = [.rightParenthesis, .rightBracket, .rightBrace]
    if closes.contains(token.kind) { return openings.last?.indentation ?? 0 }
    guard let opening = openings.last, !opening.isBrace else { return statementIndentation + 2 }
    let beginsElement: [Token.Kind] = [.leftParenthesis, .leftBracket, .comma]
    let isElement = spacing.previous.map { beginsElement.contains($0.kind) } ?? true
    return opening.indentation + (isElement ? 2 : 4)
  }

  /// Ends the line, with a blank one after it where the source has one that is kept.
  private mutating func beginLine(indentation: Int, at index: Int) {
    lineIndentation = indentation
    if index > 0 {
      result += keepsBlankLine(before: index) ? "\n\n" : "\n"
    }
    result += String(repeating: " ", count: indentation)
  }

  private func keepsBlankLine(before index: Int) -> Bool {
    let item = items[index]
    guard item.lineEndsBefore > 1, !followsAttribute else { return false }
    let openers: [Token.Kind] = [.leftBrace, .leftParenthesis, .leftBracket]
    let closers: [Token.Kind] = [.rightBrace, .rightParenthesis, .rightBracket]
    if let previous = items[index - 1].token, openers.contains(previous.kind) { return false }
    guard let token = item.token else { return true }
    if closers.contains(token.kind) || token.kind == .leftBrace { return false }
    return beginsStatement(token) || openings.last.map { !$0.isBrace } ?? false
  }

  private mutating func track(_ token: Token, next: Token?) {
    switch token.kind {
    case .leftParenthesis, .leftBracket:
      openings.append(Opening(isBrace: false, indentation: lineIndentation))
    case .leftBrace:
      openings.append(Opening(isBrace: true, indentation: statementIndentation))
    case .rightParenthesis, .rightBracket:
      openings.removeLast()
    case .rightBrace:
      statementIndentation = openings.removeLast().indentation
    default: break
    }
    spacing.append(token, next: next)
  }
}
