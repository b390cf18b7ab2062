/// The smallest part of a source file that means something.
struct Token: Hashable, Sendable {
  enum Kind: UInt8, Hashable, Sendable {
    case identifier, underscore, integer, decimal, string, pi
    case `let`, `var`, `func`, `for`, `in`, `import`, `true`, `false`
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, colon, semicolon, period, questionMark, at
    case equal, arrow, halfOpenRange, closedRange
    case plus, minus, star, slash
    case greater, less, greaterOrEqual, lessOrEqual, equalTo, notEqualTo
    /// `>`, `==` and their like, which do not compare values.
    case plainComparison
    /// Something that the lexer has reported already.
    case invalid
    case endOfFile
  }

  var kind: Kind
  var range: SourceRange
  /// Whether it is the first of its line.
  var startsLine: Bool
  /// Whether a blank, or a bracket or comma that acts as one, stands directly before it.
  var hasSpaceBefore: Bool
  /// Whether a blank, or a bracket or comma that acts as one, stands directly after it.
  var hasSpaceAfter: Bool

  static let keywords: [String: Kind] = [
    "let": .let, "var": .var, "func": .func, "for": .for, "in": .in, "import": .import,
    "true": .true, "false": .false, "pi": .pi,
  ]

  static let operators: [String: Kind] = [
    "=": .equal, "->": .arrow, "..<": .halfOpenRange, "...": .closedRange,
    "+": .plus, "-": .minus, "*": .star, "/": .slash,
    ".>": .greater, ".<": .less, ".>=": .greaterOrEqual, ".<=": .lessOrEqual,
    ".==": .equalTo, ".!=": .notEqualTo,
    ">": .plainComparison, "<": .plainComparison, ">=": .plainComparison,
    "<=": .plainComparison, "==": .plainComparison, "!=": .plainComparison,
  ]
}

extension Token.Kind {
  /// Whether it is written in letters, so that it may be a label or the name of a member.
  var isWord: Bool { self == .identifier || isReserved }

  /// Whether it is written as a name but cannot be one.
  var isReserved: Bool {
    switch self {
    case .let, .var, .func, .for, .in, .import, .true, .false, .pi: true
    default: false
    }
  }

  /// Whether an expression can end in it.
  var endsOperand: Bool {
    switch self {
    case .identifier, .integer, .decimal, .string, .pi, .true, .false, .rightParenthesis,
      .rightBracket:
      true
    default: false
    }
  }

  var isBinaryOperator: Bool { self == .plainComparison || BinaryOperator(self) != nil }
}
