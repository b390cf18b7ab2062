/// A statement of the `.graph` language, with its place.
public struct StatementSyntax: Hashable, Sendable {
  /// What kind of statement it is, with its parts.
  public enum Kind: Hashable, Sendable {
    /// `placeholder x: Float32[?, 3]`, perhaps with `= default`.
    case placeholder(PlaceholderSyntax)
    /// `variable w: Float32[3, 4] = initial`
    case variable(VariableSyntax)
    /// `let y = value`, `var (a, b) = value`
    case binding(BindingSyntax)
    /// `x = value`, `(a, b) = value`
    case assignment(AssignmentSyntax)
    /// `parameter rate: Float32 = 0.001`
    case parameter(VariableSyntax)
    /// `func dense(_ x, units) -> output { … }`
    case function(FunctionSyntax)
    /// `for i in 0..<n { … }`
    case loop(LoopSyntax)
    /// `scope "name" { … }`
    case scope(ScopeSyntax)
    /// `import "other.graph"`
    case importFile(StringSyntax)
    /// `output y, dydx`
    case output([NamedResultSyntax])
    /// `target train = value`
    case target([NamedResultSyntax])
  }

  /// What kind of statement it is, with its parts.
  public var kind: Kind
  /// What is said of it before it begins, as `@image(size: 227)`.
  public var attributes: [AttributeSyntax]
  /// From its first to its last token, attributes included.
  public var range: SourceRange

  /// A statement of those parts at a place.
  public init(_ kind: Kind, attributes: [AttributeSyntax] = [], range: SourceRange) {
    self.kind = kind
    self.attributes = attributes
    self.range = range
  }
}

/// What is said of a placeholder or an output: `@image(size: 227)`, `@labels("names.json")`.
public struct AttributeSyntax: Hashable, Sendable {
  /// Its name, without the `@`.
  public var name: IdentifierSyntax
  /// The arguments in parentheses; none without these.
  public var arguments: [ArgumentSyntax]
  /// From the `@` to the closing parenthesis.
  public var range: SourceRange
}

/// A value that is fed.
public struct PlaceholderSyntax: Hashable, Sendable {
  /// Its name.
  public var name: IdentifierSyntax
  /// Its type.
  public var type: TypeSyntax
  /// Its value when nothing is fed.
  public var defaultValue: ExpressionSyntax?
}

/// A name with a type, where one is written, and the value that it begins with.
public struct VariableSyntax: Hashable, Sendable {
  /// Its name.
  public var name: IdentifierSyntax
  /// Its type, where one is written.
  public var type: TypeSyntax?
  /// Its first, or only, value.
  public var value: ExpressionSyntax
}

/// A name on the left of `=`, or `_` for a result that is not wanted.
public struct PatternElementSyntax: Hashable, Sendable {
  /// The name; `nil` for `_`.
  public var name: String?
  /// Where it stands.
  public var range: SourceRange
}

/// A `let` or `var`.
public struct BindingSyntax: Hashable, Sendable {
  /// Whether it is a `var`, which later statements may assign to.
  public var isMutable: Bool
  /// The names; one, unless they stand in parentheses.
  public var pattern: [PatternElementSyntax]
  /// Whether the names stand in parentheses, and take one result of the value each.
  public var isTuple: Bool
  /// The type, where one is written; never with a tuple.
  public var type: TypeSyntax?
  /// The value.
  public var value: ExpressionSyntax
}

/// A new value for what a `var` declared.
public struct AssignmentSyntax: Hashable, Sendable {
  /// The names; one, unless they stand in parentheses.
  public var pattern: [PatternElementSyntax]
  /// Whether the names stand in parentheses, and take one result of the value each.
  public var isTuple: Bool
  /// The new value.
  public var value: ExpressionSyntax
}

/// A reusable block with named results.
public struct FunctionSyntax: Hashable, Sendable {
  /// Its name.
  public var name: IdentifierSyntax
  /// What it takes.
  public var parameters: [FunctionParameterSyntax]
  /// The names, declared in the body, of what it gives; at least one.
  public var results: [IdentifierSyntax]
  /// The statements of its body.
  public var body: [StatementSyntax]
}

/// What a `func` takes: `units`, `_ x`, `of y` or `rate = 0.5`.
public struct FunctionParameterSyntax: Hashable, Sendable {
  /// The label that a call gives; `nil` for a positional argument, written `_ x`.
  public var label: IdentifierSyntax?
  /// The name in the body.
  public var name: IdentifierSyntax
  /// The value when a call gives none.
  public var defaultValue: ExpressionSyntax?
}

/// A loop, which is unrolled.
public struct LoopSyntax: Hashable, Sendable {
  /// The name of the counter; `nil` for `_`.
  public var counter: IdentifierSyntax?
  /// The first value of the counter.
  public var lowerBound: ExpressionSyntax
  /// The value after the last one, or the last one where `isClosed`.
  public var upperBound: ExpressionSyntax
  /// Whether the range is written with `...`, so that the upper bound belongs to it.
  public var isClosed: Bool
  /// The statements of its body.
  public var body: [StatementSyntax]
}

/// Statements whose names get a prefix.
public struct ScopeSyntax: Hashable, Sendable {
  /// The prefix, without its `/`.
  public var name: StringSyntax
  /// The statements.
  public var body: [StatementSyntax]
}

/// A string with its escapes resolved.
public struct StringSyntax: Hashable, Sendable {
  /// A part of a string.
  public enum Part: Hashable, Sendable {
    /// Characters as they stand.
    case text(String)
    /// `\(i)`, whose value is put in.
    case value(ExpressionSyntax)
  }

  /// The parts in order; at least one.
  public var parts: [Part]
  /// Where it stands, quotes included.
  public var range: SourceRange

  /// The text; `nil` when it holds expressions.
  public var text: String? {
    if case .text(let text) = parts.first, parts.count == 1 { return text }
    return nil
  }
}

/// What an `output` or a `target` names, with its value where it is given on the spot.
public struct NamedResultSyntax: Hashable, Sendable {
  /// The name, with the place of the label where it has one.
  public var name: IdentifierSyntax
  /// The name in quotation marks, which declares nothing and names no node; `nil` without them.
  public var label: StringSyntax?
  /// The value; `nil` when the name is declared elsewhere.
  public var value: ExpressionSyntax?

  /// The name where it is declared here.
  var declaredName: IdentifierSyntax? { value != nil && label == nil ? name : nil }
}

/// A type: `Float64`, `Float32[?, 3]` or `Float32[*]`.
public struct TypeSyntax: Hashable, Sendable {
  /// The dimensions of a type.
  public enum Dimensions: Hashable, Sendable {
    /// `Float64`
    case scalar
    /// `Float32[?, 3]`, with `nil` for an open dimension; at least one.
    case known([ExpressionSyntax?])
    /// `Float32[*]`
    case unknownRank
  }

  /// The name of the element type; the parser takes any.
  public var name: IdentifierSyntax
  /// The dimensions.
  public var dimensions: Dimensions
  /// From the name to the closing bracket.
  public var range: SourceRange
}

/// A parsed `.graph` file.
public struct SourceTree: Sendable {
  /// The file that the ranges speak of.
  public var source: SourceFile
  /// The statements that could be parsed, in the order of the source.
  public var statements: [StatementSyntax]
  /// The comments, from `//` to the end of their line.
  public var comments: [SourceRange]
}

extension StatementSyntax {
  /// The statements inside of this one.
  public var body: [StatementSyntax] {
    switch kind {
    case .function(let function): function.body
    case .loop(let loop): loop.body
    case .scope(let scope): scope.body
    default: []
    }
  }
}
