import GraphIR

extension Elaborator {
  /// What an expression means.
  ///
  /// - Parameter hint: The name that the result gets; a block's nodes have it as their prefix.
  func evaluate(
    _ expression: ExpressionSyntax, named hint: String? = nil
  ) throws(ElaborationFailure) -> Term {
    try enter(expression.range)
    defer { depth -= 1 }
    let range = expression.range
    switch expression.kind {
    case .integer(let magnitude):
      guard let integer = Int(exactly: magnitude) else { throw tooLargeInteger(magnitude, range) }
      return .integer(integer)
    case .decimal(let number): return .number(number)
    case .string(let text): return .text(text)
    case .interpolation(let parts): return .text(try text(of: parts, at: range))
    case .boolean(let flag): return .flag(flag)
    case .pi: return .number(.pi)
    case .infinity: return .number(.infinity)
    case .notANumber: return .number(.nan)
    case .name(let name): return try meaning(of: name, at: range)
    case .enumerationCase(let name): return .name(name)
    case .list(let elements): return try list(elements, at: range)
    case .negation(let operand): return try negation(of: operand, at: range)
    case .operation(let first, let steps): return try operation(first, steps)
    case .call(let callee, let arguments):
      return try call(callee, arguments, at: range, named: hint)
    case .member(let base, let name):
      return try member(name, of: try evaluate(base, named: hint), at: base.range)
    case .subscripted(let base, let indices):
      return try element(of: base, indices, named: hint)
    }
  }

  /// What an expression means, or `.failed` when it is wrong and that has been reported.
  func evaluateOrFail(_ expression: ExpressionSyntax) -> Term {
    do throws(ElaborationFailure) { return try evaluate(expression) } catch { return .failed }
  }

  private func tooLargeInteger(_ magnitude: UInt64, _ range: SourceRange) -> ElaborationFailure {
    report("the integer \(magnitude) is larger than \(Int.max)", at: range)
  }

  private func list(
    _ elements: [ExpressionSyntax], at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    let terms = elements.map { evaluateOrFail($0) }
    if terms.contains(where: \.isFailed) { throw ElaborationFailure() }
    guard let group = TermGroup(terms) else { throw tooLarge(range) }
    return .list(group)
  }

  private func negation(
    of operand: ExpressionSyntax, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    // The smallest integer has no positive counterpart.
    if case .integer(let magnitude) = operand.kind, magnitude == UInt64(Int.max) + 1 {
      return .integer(.min)
    }
    let term = try evaluate(operand)
    switch term {
    case .integer(let integer):
      let (result, overflow) = 0.subtractingReportingOverflow(integer)
      guard !overflow else { throw report("-(\(integer)) is larger than \(Int.max)", at: range) }
      return .integer(result)
    case .number(let number): return .number(-number)
    case .value(let value):
      return try callFunction("neg", written: "-", [.value(value)], at: range)
    default: throw report("'-' takes a number, but this is \(term.kind)", at: operand.range)
    }
  }

  /// An integer that is known when the graph is built.
  func integer(
    _ expression: ExpressionSyntax, _ requirement: String
  ) throws(ElaborationFailure) -> Int {
    try integer(try evaluate(expression), requirement, at: expression.range)
  }

  func integer(
    _ term: Term, _ requirement: String, at range: SourceRange
  ) throws(ElaborationFailure) -> Int {
    guard case .integer(let integer) = term else {
      throw report("\(requirement), but this is \(term.kind)", at: range)
    }
    return integer
  }
}

// MARK: - Names

extension Elaborator {
  private func meaning(
    of name: String, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    guard let symbol = scope.symbol(name)?.symbol else { throw undeclared(name, at: range) }
    if symbol.term.isFailed { throw ElaborationFailure() }
    return symbol.term
  }

  /// Reports that a name means nothing here.
  func undeclared(_ name: String, at range: SourceRange) -> ElaborationFailure {
    if isIncomplete { return ElaborationFailure() }
    if let place = laterDeclaration(of: name) {
      return report(
        "'\(name)' is used before it is declared", at: range,
        notes: [Diagnostic.Note("it is declared here", at: place.location)])
    }
    if let block = scope.block(name) {
      return report(
        "'\(name)' is a 'func' and must be called", at: range,
        notes: [Diagnostic.Note("it is declared as \(block.declaration)", at: block.place.location)]
      )
    }
    let function =
      registry.function(named: name)?.declaration ?? BuiltInFunction(rawValue: name)?.declaration
    if let function {
      return report(
        "'\(name)' is a function and must be called", at: range, notes: [note("it is \(function)")])
    }
    return report(
      "'\(name)' is not declared", at: range,
      notes: suggestion(for: name, among: scope.visibleNames))
  }

  /// Where a name is declared further down in one of the scopes around, in this file.
  private func laterDeclaration(of name: String) -> Place? {
    var current: Scope? = scope
    while let scope = current {
      var pending = Array(scope.statements.reversed())
      while let statement = pending.popLast() {
        if let range = statement.declaredNames.first(where: { $0.name == name })?.range {
          return place(range)
        }
        if case .scope(let syntax) = statement.kind { pending += syntax.body.reversed() }
      }
      current = scope.parent
    }
    return nil
  }
}

extension StatementSyntax {
  /// The names that the statement declares, those of its body left out.
  fileprivate var declaredNames: [(name: String, range: SourceRange)] {
    switch kind {
    case .placeholder(let syntax): [(syntax.name.name, syntax.name.range)]
    case .variable(let syntax), .parameter(let syntax): [(syntax.name.name, syntax.name.range)]
    case .binding(let syntax):
      syntax.pattern.compactMap { part in part.name.map { ($0, part.range) } }
    case .output(let results), .target(let results):
      results.compactMap(\.declaredName).map { ($0.name, $0.range) }
    case .assignment, .function, .loop, .scope, .importFile: []
    }
  }
}
