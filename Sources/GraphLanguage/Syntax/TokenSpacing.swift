/// Decides where a space stands between two tokens of a statement that share a line.
struct TokenSpacing {
  /// The token that was written last.
  private(set) var previous: Token?
  /// Whether it allows no space after it: an opening bracket, a sign, the point of a member.
  private var isTight = false

  /// Whether a space stands before a token, given the one that follows it.
  func separates(_ token: Token, next: Token?) -> Bool {
    guard let previous, !isTight else { return false }
    switch token.kind {
    case .comma, .colon, .rightParenthesis, .rightBracket: return false
    case .rightBrace: return previous.kind != .leftBrace
    case .leftParenthesis, .leftBracket, .period: return !previous.kind.endsOperand
    case .halfOpenRange, .closedRange: return Self.wouldMerge(next)
    default: return true
    }
  }

  /// Adds a token that has been written, given the one that follows it.
  mutating func append(_ token: Token, next: Token?) {
    switch token.kind {
    case .leftParenthesis, .leftBracket, .period, .at: isTight = true
    case .minus: isTight = !(previous?.kind.endsOperand ?? false)
    case .halfOpenRange, .closedRange: isTight = !Self.wouldMerge(next)
    default: isTight = false
    }
    previous = token
  }

  /// Whether a token directly after `..<` would be read as a part of that operator.
  private static func wouldMerge(_ token: Token?) -> Bool {
    token?.kind == .minus || token?.kind == .period
  }
}
