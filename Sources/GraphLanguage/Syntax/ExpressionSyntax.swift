/// A name as it is written, with its place.
public struct IdentifierSyntax: Hashable, Sendable {
  /// The name.
  public var name: String
  /// Where it stands.
  public var range: SourceRange

  /// A name at a place.
  public init(name: String, range: SourceRange) {
    self.name = name
    self.range = range
  }
}

/// An expression of the `.graph` language, with its place.
///
/// A tree is at most `depthLimit` levels deep, so that a recursive walk over it is safe.
public struct ExpressionSyntax: Hashable, Sendable {
  /// The most levels that a parsed expression has.
  public static let depthLimit = 200

  /// What kind of expression it is, with its parts.
  public indirect enum Kind: Hashable, Sendable {
    /// `3`, `0xFF`: never negative, since the sign is a `negation`.
    case integer(UInt64)
    /// `0.5`, `1e-3`: finite and never negative.
    case decimal(Double)
    /// `"text"`, with its escapes resolved.
    case string(String)
    /// `"layer\(i)"`: a string that holds expressions.
    case interpolation([StringSyntax.Part])
    /// `true` or `false`.
    case boolean(Bool)
    /// `π`, `pi` or `.pi`.
    case pi
    /// `.infinity`
    case infinity
    /// `.nan`
    case notANumber
    /// `x`
    case name(String)
    /// `.same`, with the name without its point.
    case enumerationCase(String)
    /// `[1, 2, 3]`
    case list([ExpressionSyntax])
    /// `-x`
    case negation(ExpressionSyntax)
    /// `a + b - c`: operators of one precedence, to be applied from left to right.
    case operation(ExpressionSyntax, [OperationStepSyntax])
    /// `dense(x, units: 10)`: the first part is a name, a member or an enumeration case.
    case call(ExpressionSyntax, [ArgumentSyntax])
    /// `x.shape`
    case member(ExpressionSyntax, IdentifierSyntax)
    /// `list[0]`, with at least one index.
    case subscripted(ExpressionSyntax, [ExpressionSyntax])
  }

  /// What kind of expression it is, with its parts.
  public let kind: Kind
  /// From its first to its last token, parentheses round it included.
  public var range: SourceRange
  /// The number of levels of the tree, 1 for a leaf.
  public let depth: Int

  /// An expression of those parts at a place.
  public init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
    depth = 1 + kind.largestDepthOfParts
  }
}

/// One `- c` in `a + b - c`.
public struct OperationStepSyntax: Hashable, Sendable {
  /// What is done.
  public var operation: BinaryOperator
  /// Where the operator stands.
  public var operatorRange: SourceRange
  /// The operand to the right.
  public var operand: ExpressionSyntax

  /// An operator with the operand to its right.
  public init(
    operation: BinaryOperator, operatorRange: SourceRange, operand: ExpressionSyntax
  ) {
    self.operation = operation
    self.operatorRange = operatorRange
    self.operand = operand
  }
}

/// An argument of a call, with its label where it has one.
public struct ArgumentSyntax: Hashable, Sendable {
  /// The label, without its colon.
  public var label: IdentifierSyntax?
  /// What is passed.
  public var value: ExpressionSyntax

  /// An argument, with its label where it has one.
  public init(label: IdentifierSyntax?, value: ExpressionSyntax) {
    self.label = label
    self.value = value
  }

  /// From the label, where there is one, to the end of the value.
  public var range: SourceRange { label?.range.union(value.range) ?? value.range }
}

/// An operator between two operands, with its spelling.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case greater = ".>"
  case less = ".<"
  case greaterOrEqual = ".>="
  case lessOrEqual = ".<="
  case equal = ".=="
  case notEqual = ".!="

  /// 2 for `*` and `/`, 1 for `+` and `-`, 0 for the comparisons, which cannot be chained.
  public var precedence: Int {
    switch self {
    case .multiply, .divide: 2
    case .add, .subtract: 1
    case .greater, .less, .greaterOrEqual, .lessOrEqual, .equal, .notEqual: 0
    }
  }

  init?(_ kind: Token.Kind) {
    switch kind {
    case .plus: self = .add
    case .minus: self = .subtract
    case .star: self = .multiply
    case .slash: self = .divide
    case .greater: self = .greater
    case .less: self = .less
    case .greaterOrEqual: self = .greaterOrEqual
    case .lessOrEqual: self = .lessOrEqual
    case .equalTo: self = .equal
    case .notEqualTo: self = .notEqual
    default: return nil
    }
  }
}

extension ExpressionSyntax.Kind {
  fileprivate var largestDepthOfParts: Int {
    switch self {
    case .integer, .decimal, .string, .boolean, .pi, .infinity, .notANumber, .name,
      .enumerationCase:
      0
    case .interpolation(let parts):
      parts.reduce(0) { depth, part in
        if case .value(let value) = part { max(depth, value.depth) } else { depth }
      }
    case .list(let elements): elements.reduce(0) { max($0, $1.depth) }
    case .negation(let operand): operand.depth
    case .operation(let first, let steps): steps.reduce(first.depth) { max($0, $1.operand.depth) }
    case .call(let callee, let arguments):
      arguments.reduce(callee.depth) { max($0, $1.value.depth) }
    case .member(let base, _): base.depth
    case .subscripted(let base, let indices): indices.reduce(base.depth) { max($0, $1.depth) }
    }
  }
}
