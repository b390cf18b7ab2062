import GraphIR

/// Cuts a source file into tokens and comments.
///
/// The last token is always `.endOfFile`. Whatever is not a token of the language is reported and
/// becomes one `.invalid` token, which the parser does not report again.
struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  /// The offset after the last byte that is read.
  let end: Int
  private let isPart: Bool
  var offset: Int
  private(set) var tokens: [Token] = []
  /// The comments, from `//` to the end of their line.
  private(set) var comments: [SourceRange] = []
  var diagnostics: DiagnosticList

  /// A lexer of a file, or of a part of it.
  init(_ file: SourceFile, in part: SourceRange? = nil) {
    self.file = file
    bytes = file.utf8
    offset = part?.start ?? 0
    end = part?.end ?? bytes.count
    isPart = part != nil
    diagnostics = DiagnosticList(file: file)
  }

  /// The byte at a distance from the current one, or 0 outside of what is read.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index >= 0 && index < end ? bytes[index] : 0
  }

  /// Reads everything; gives `false` where that is more than a file may have.
  @discardableResult
  mutating func run() -> Bool {
    if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    var startsLine = !isPart
    while true {
      startsLine = skipBlanksAndComments() || startsLine
      let start = offset
      guard start < end else { break }
      if tokens.count + comments.count >= SourceFile.maximumTokenCount { return false }
      let kind = next()
      append(kind, from: start, startsLine: startsLine)
      startsLine = false
    }
    append(.endOfFile, from: end, startsLine: true)
    return true
  }

  private mutating func append(_ kind: Token.Kind, from start: Int, startsLine: Bool) {
    tokens.append(
      Token(
        kind: kind, range: SourceRange(start: start, end: offset), startsLine: startsLine,
        hasSpaceBefore: actsAsSpace(before: start), hasSpaceAfter: actsAsSpace(after: offset)))
  }

  private func actsAsSpace(before index: Int) -> Bool {
    guard index > 0 else { return true }
    let byte = bytes[index - 1]
    return byte.isBlank || "([{,;:".utf8.contains(byte) || index == comments.last?.end
  }

  private func actsAsSpace(after index: Int) -> Bool {
    guard index < end else { return true }
    let byte = bytes[index]
    let isComment = byte == .slash && index + 1 < end && bytes[index + 1] == .slash
    return byte.isBlank || ")]},;:".utf8.contains(byte) || isComment
  }

  /// Whether a line ended on the way.
  private mutating func skipBlanksAndComments() -> Bool {
    var sawLineEnd = false
    while offset < end {
      let byte = bytes[offset]
      if byte.isBlank {
        sawLineEnd = sawLineEnd || byte.isLineEnd
        offset += 1
      } else if byte == .slash && peek(1) == .slash {
        let start = offset
        skipLine()
        comments.append(SourceRange(start: start, end: offset))
      } else if byte == .slash && peek(1) == .star {
        skipBlockComment()
      } else {
        break
      }
    }
    return sawLineEnd
  }

  mutating func skipLine() {
    while offset < end, !bytes[offset].isLineEnd { offset += 1 }
  }

  private mutating func skipBlockComment() {
    let start = offset
    diagnostics.report(
      "a comment begins with '//'; there are no '/* */' comments",
      at: SourceRange(start: start, end: start + 2))
    offset += 2
    while offset < end, !(peek() == .star && peek(1) == .slash) { offset += 1 }
    if offset < end {
      offset += 2
    } else {
      // Without its end only the line is a comment, so that the rest is still checked.
      offset = start
      skipLine()
    }
  }

  private mutating func next() -> Token.Kind {
    let byte = bytes[offset]
    if byte.isLetter { return word() }
    if byte.isDigit { return number() }
    if byte == .quote { return string() }
    if byte == .backtick { return quotedName() }
    if byte == .underscore {
      if peek(1).isNamePart { return invalidName() }
      offset += 1
      return .underscore
    }
    if byte == .period { return period() }
    if byte == UInt8(ascii: "@"), peek(1).isLetter {
      offset += 1
      return .at
    }
    if let kind = Self.punctuation[byte] {
      offset += 1
      return kind
    }
    if byte.isOperatorPart { return operatorToken() }
    if byte == 0xCF && peek(1) == 0x80 {
      offset += 2
      return .pi
    }
    return invalidCharacters()
  }

  private static let punctuation: [UInt8: Token.Kind] = [
    UInt8(ascii: "("): .leftParenthesis, UInt8(ascii: ")"): .rightParenthesis,
    UInt8(ascii: "["): .leftBracket, UInt8(ascii: "]"): .rightBracket,
    UInt8(ascii: "{"): .leftBrace, UInt8(ascii: "}"): .rightBrace,
    UInt8(ascii: ","): .comma, UInt8(ascii: ":"): .colon, UInt8(ascii: ";"): .semicolon,
    UInt8(ascii: "?"): .questionMark,
  ]

  private mutating func word() -> Token.Kind {
    let start = offset
    while peek().isNamePart { offset += 1 }
    // A letter beyond ASCII belongs to the same, invalid, name; only π is a token of its own.
    if peek() >= 0x80, !(peek() == 0xCF && peek(1) == 0x80), isLetterBeyondASCII() {
      offset = start
      return invalidName()
    }
    // No keyword is longer.
    guard offset - start <= 6 else { return .identifier }
    return Token.keywords[file.text(in: SourceRange(start: start, end: offset))] ?? .identifier
  }

  private mutating func period() -> Token.Kind {
    let next = peek(1)
    if next.isOperatorPart || next == .period { return operatorToken() }
    let followsOperand =
      offset > 0 && (bytes[offset - 1].isNamePart || ")]`".utf8.contains(bytes[offset - 1]))
    if next.isDigit && !followsOperand { return numberWithoutInteger() }
    offset += 1
    return .period
  }
}
