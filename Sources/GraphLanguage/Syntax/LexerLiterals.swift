import GraphIR

extension Lexer {
  mutating func number() -> Token.Kind {
    let start = offset
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") {
      offset += 2
      let hasDigits = peek().isHexadecimalDigit
      while peek().isHexadecimalDigit || peek() == .underscore { offset += 1 }
      return finishNumber(.integer, from: start, problem: hasDigits ? nil : "has no digits")
    }
    skipDigits()
    var kind = Token.Kind.integer
    if peek() == .period && peek(1).isDigit {
      kind = .decimal
      offset += 1
      skipDigits()
    }
    var problem: String?
    if peek() | 0x20 == UInt8(ascii: "e") {
      let signLength = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      let first = peek(1 + signLength)
      if first.isDigit {
        kind = .decimal
        offset += 1 + signLength
        skipDigits()
      } else if signLength > 0 || !first.isNamePart {
        problem = "has an exponent without digits"
        offset += 1 + signLength
      }
    }
    return finishNumber(kind, from: start, problem: problem)
  }

  private mutating func skipDigits() {
    while peek().isDigit || peek() == .underscore { offset += 1 }
  }

  /// The kind of a number that is well formed and has nothing attached to it.
  private mutating func finishNumber(
    _ kind: Token.Kind, from start: Int, problem: String?
  ) -> Token.Kind {
    let numberEnd = offset
    while peek().isNamePart || (peek() == .period && peek(1).isDigit) || isPi { offset += 1 }
    let range = SourceRange(start: start, end: offset)
    let text = file.quotable(range)
    if let problem {
      diagnostics.report("the number '\(text)' \(problem)", at: range)
      return .invalid
    }
    guard offset > numberEnd else { return kind }
    let tail = SourceRange(start: numberEnd, end: offset)
    var notes: [Diagnostic.Note] = []
    if !bytes[numberEnd..<offset].contains(.period), bytes[start] != UInt8(ascii: "0") {
      let number = file.quotable(SourceRange(start: start, end: numberEnd))
      notes.append(Diagnostic.Note("to multiply, write '\(number) * \(file.quotable(tail))'"))
    }
    diagnostics.report("'\(text)' is neither a number nor a name", at: range, notes: notes)
    return .invalid
  }

  /// Whether one of the two bytes of π comes next.
  private var isPi: Bool {
    (peek() == 0xCF && peek(1) == 0x80) || (peek() == 0x80 && peek(-1) == 0xCF)
  }

  /// A number that begins with its point, as `.5`.
  mutating func numberWithoutInteger() -> Token.Kind {
    let start = offset
    offset += 1
    while peek().isNamePart { offset += 1 }
    let range = SourceRange(start: start, end: offset)
    diagnostics.report(
      "a number begins with a digit", at: range,
      notes: [Diagnostic.Note("write '0\(file.quotable(range))'")])
    return .invalid
  }

  /// A string in one line; its escapes, and the expressions in it, are checked when it is parsed.
  mutating func string() -> Token.Kind {
    let start = offset
    let scan = StringScan(bytes, from: start, to: end)
    offset = scan.end
    switch scan.fault {
    case nil: return .string
    case .openString:
      diagnostics.report(
        "the string has no closing '\"' in its line", at: SourceRange(start: start, end: offset))
    case .openExpression(let opening):
      diagnostics.report("the '\\(' has no closing ')' in its line", at: opening)
    case .nesting(let opening):
      diagnostics.report(
        "strings stand more than \(StringScan.depthLimit) deep in one another", at: opening)
    }
    return .invalid
  }

  /// A name in backticks, which may be any that a node can have.
  mutating func quotedName() -> Token.Kind {
    let start = offset
    offset += 1
    while offset < end, bytes[offset] != .backtick, !bytes[offset].isLineEnd { offset += 1 }
    guard offset < end, bytes[offset] == .backtick else {
      diagnostics.report(
        "the name has no closing '`' in its line", at: SourceRange(start: start, end: offset))
      return .invalid
    }
    offset += 1
    let range = SourceRange(start: start, end: offset)
    if isNodeName(file.text(in: SourceRange(start: start + 1, end: offset - 1))) {
      return .identifier
    }
    diagnostics.report(
      "\(file.quotable(range)) cannot name a node", at: range,
      notes: [
        Diagnostic.Note(
          "it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'")
      ])
    return .invalid
  }
}
