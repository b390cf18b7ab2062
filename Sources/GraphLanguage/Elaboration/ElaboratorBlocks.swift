import GraphIR

// MARK: - Loops and scopes

extension Elaborator {
  func loop(_ syntax: LoopSyntax, at range: SourceRange) throws(ElaborationFailure) {
    let counts: Range<Int>
    do throws(ElaborationFailure) {
      counts = try rounds(syntax)
    } catch {
      poisonAssigned(in: syntax.body)
      throw error
    }
    let base = uniquePrefix(syntax.counter?.name ?? "loop")
    let outer = scope
    blockDepth += 1
    defer {
      scope = outer
      blockDepth -= 1
    }
    let errors = errorCount
    for count in counts where !isStopped {
      scope = Scope(.loop, parent: outer)
      scope.statements = syntax.body
      if let counter = syntax.counter {
        declare(counter.name, .counter, .integer(count), at: counter.range)
      }
      try spend(1, range)
      try withPrefix("\(base)/\(count)", at: range) { execute(syntax.body) }
      if errorCount > errors { break }
    }
    scope = outer
    if errorCount > errors { poisonAssigned(in: syntax.body) }
  }

  /// The values of the counter, the last one excluded.
  private func rounds(_ syntax: LoopSyntax) throws(ElaborationFailure) -> Range<Int> {
    let lower = attempt { () throws(ElaborationFailure) in try self.bound(syntax.lowerBound) }
    let upper = attempt { () throws(ElaborationFailure) in try self.bound(syntax.upperBound) }
    guard let lower, let upper else { throw ElaborationFailure() }
    let range = syntax.lowerBound.range.union(syntax.upperBound.range)
    guard lower <= upper else {
      throw report("the range ends at \(upper), before it begins at \(lower)", at: range)
    }
    let (difference, isLarge) = upper.subtractingReportingOverflow(lower)
    let count = isLarge || difference == .max ? Int.max : difference + (syntax.isClosed ? 1 : 0)
    let limit = min(Self.roundLimit, limits.nodeCount)
    guard count <= limit else {
      throw report("the loop has more than \(limit) rounds", at: range)
    }
    let (end, overflow) = lower.addingReportingOverflow(count)
    guard !overflow else { throw report("the range ends at the largest integer", at: range) }
    return lower..<end
  }

  private func bound(_ expression: ExpressionSyntax) throws(ElaborationFailure) -> Int {
    try integer(
      expression, "the bounds of a loop are integers that are known when the graph is built")
  }

  /// The result of `body`, or `nil` when it failed and said why.
  func attempt<Outcome>(_ body: () throws(ElaborationFailure) -> Outcome) -> Outcome? {
    do throws(ElaborationFailure) { return try body() } catch { return nil }
  }

  /// Lets the names that statements assign to fail silently from now on.
  private func poisonAssigned(in body: [StatementSyntax]) {
    var pending = body
    while let statement = pending.popLast() {
      if case .assignment(let syntax) = statement.kind {
        for case let name? in syntax.pattern.map(\.name) {
          if let (symbol, isOutside) = scope.symbol(name), symbol.kind == .variable, !isOutside {
            symbol.term = .failed
          }
        }
      }
      if case .function = statement.kind { continue }
      pending += statement.body
    }
  }

  func nameScope(_ syntax: ScopeSyntax) throws(ElaborationFailure) {
    blockDepth += 1
    defer { blockDepth -= 1 }
    guard let name = attempt({ () throws(ElaborationFailure) in try self.text(of: syntax.name) })
    else { return execute(syntax.body) }
    guard isNodeName(name), name.utf8.last != UInt8(ascii: "/") else {
      report(
        "\(textLiteral(name.prefix(60))) cannot stand before the names of nodes",
        at: syntax.name.range,
        notes: [
          note(
            "it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'")
        ])
      execute(syntax.body)
      return
    }
    prefixes.insert(prefix + name)
    try withPrefix(name, at: syntax.name.range) { execute(syntax.body) }
  }
}

// MARK: - Calls of blocks

extension Elaborator {
  /// Calls a `func`.
  ///
  /// - Parameter hint: The name that the result gets, which becomes the prefix of the nodes.
  func call(
    _ block: Block, _ arguments: [ArgumentSyntax], at range: SourceRange, named hint: String?
  ) throws(ElaborationFailure) -> Term {
    try checkNesting(block, at: range)
    try spend(8, range)
    let slots = block.syntax.parameters.map { parameter in
      ParameterSlot(
        name: parameter.name.name, label: parameter.label?.name, isVariadic: false,
        isOptional: parameter.defaultValue != nil)
    }
    let declaration = Diagnostic.Note(
      "it is declared as \(block.declaration)", at: block.place.location)
    let places = match(arguments, to: slots, of: block.name, declaration, at: range)
    let terms = arguments.map { evaluateOrFail($0.value) }
    guard let places, !terms.contains(where: \.isFailed) else { throw ElaborationFailure() }

    let caller = (file, scope)
    calls.append(ActiveCall(block: block, place: place(range)))
    file = block.place.file
    scope = block.scope
    blockDepth += 1
    defer {
      (file, scope) = caller
      calls.removeLast()
      blockDepth -= 1
    }
    let inner = Scope(.function, parent: block.scope)
    inner.statements = block.syntax.body
    for (parameter, indices) in zip(block.syntax.parameters, places) {
      var term = Term.failed
      if let index = indices.first {
        term = terms[index]
      } else if let value = parameter.defaultValue {
        term = try evaluate(value)
      }
      inner.symbols[parameter.name.name] = Symbol(
        .argument, term, at: place(parameter.name.range))
    }
    scope = inner
    let prefix = uniquePrefix(hint ?? block.name)
    let errors = errorCount
    try withPrefix(prefix, at: block.place.range) { execute(block.syntax.body) }
    guard errorCount == errors, !isStopped else { throw ElaborationFailure() }
    return try results(of: block)
  }

  private func checkNesting(_ block: Block, at range: SourceRange) throws(ElaborationFailure) {
    if let first = calls.firstIndex(where: { $0.block === block }) {
      let chain = calls[(first + 1)...]
      let notes = chain.map {
        Diagnostic.Note("'\($0.block.name)' is called here", at: $0.place.location)
      }
      let way =
        chain.isEmpty ? "" : " by way of '\(chain.map(\.block.name).joined(separator: "', '"))'"
      let diagnostic = file.source.diagnostic(
        "'\(block.name)' calls itself\(way)", at: range,
        notes: [Diagnostic.Note("'\(block.name)' is declared here", at: block.place.location)]
          + notes + [note("a 'func' is written out where it is called, and would have no end")])
      throw report(diagnostic, range)
    }
    guard calls.count < Self.callLimit else {
      throw report("calls are nested more than \(Self.callLimit) levels deep", at: range)
    }
  }

  /// What the body of the block that has just run declared as its results.
  private func results(of block: Block) throws(ElaborationFailure) -> Term {
    var terms: [Term] = []
    for result in block.syntax.results {
      guard let symbol = scope.symbols[result.name] else {
        throw report(
          "the body of '\(block.name)' does not declare its result '\(result.name)'",
          at: result.range,
          notes: suggestion(for: result.name, among: scope.symbols.keys.sorted()))
      }
      if symbol.term.isFailed { throw ElaborationFailure() }
      terms.append(symbol.term)
    }
    if terms.count == 1 { return terms[0] }
    guard let group = TermGroup(terms) else { throw tooLarge(block.syntax.name.range) }
    return .results(group, names: block.syntax.results.map(\.name))
  }

  func tooLarge(_ range: SourceRange) -> ElaborationFailure {
    report(
      "this holds more than \(TermGroup.countLimit) parts, or more than \(TermGroup.depthLimit)"
        + " levels of them", at: range)
  }
}
