import GraphIR

extension Elaborator {
  /// Runs statements in order; what is wrong with one is reported, and the next one runs.
  func execute(_ statements: [StatementSyntax]) {
    declareBlocks(statements)
    for statement in statements {
      if isStopped { return }
      execute(statement)
    }
  }

  private func execute(_ statement: StatementSyntax) {
    do throws(ElaborationFailure) {
      try enter(statement.range)
      defer { depth -= 1 }
      let attributes = statement.attributes
      switch statement.kind {
      case .placeholder, .output: break
      default: if let first = attributes.first { throw misplaced(first) }
      }
      switch statement.kind {
      case .placeholder(let syntax): placeholder(syntax, attributes)
      case .variable(let syntax): variable(syntax)
      case .binding(let syntax): bind(syntax)
      case .assignment(let syntax): assign(syntax)
      case .parameter(let syntax): parameter(syntax, at: statement.range)
      case .function: break
      case .loop(let syntax): try loop(syntax, at: statement.range)
      case .scope(let syntax): try nameScope(syntax)
      case .importFile(let path): try importFile(path, at: statement.range)
      case .output(let results): output(results, attributes, at: statement.range)
      case .target(let results): target(results, at: statement.range)
      }
    } catch {}
  }

  /// Makes the blocks known, so that they can be called before their place.
  private func declareBlocks(_ statements: [StatementSyntax]) {
    for statement in statements {
      guard case .function(let syntax) = statement.kind else { continue }
      let name = syntax.name
      let builtIn =
        registry.function(named: name.name)?.declaration
        ?? BuiltInFunction(rawValue: name.name)?.declaration
      if let builtIn {
        report(
          "'\(name.name)' is a built-in function and cannot be declared again", at: name.range,
          notes: [note("it is \(builtIn)")])
      } else if let first = scope.blocks[name.name] {
        // A `scope` in a loop or a block that runs again declares the same `func` once more.
        if first.place.range != name.range || first.place.file !== file {
          reportRedeclaration(name.name, at: name.range, first: first.place)
        }
      } else {
        checkSignature(syntax)
        scope.blocks[name.name] = Block(syntax, at: place(name.range), in: scope)
      }
    }
  }

  /// Reports parameters or results of one name.
  private func checkSignature(_ syntax: FunctionSyntax) {
    for names in [syntax.parameters.map(\.name), syntax.results] {
      var first: [String: SourceRange] = [:]
      for name in names {
        if let range = first[name.name] {
          reportRedeclaration(name.name, at: name.range, first: place(range))
        } else {
          first[name.name] = name.range
        }
      }
    }
  }

  private func reportRedeclaration(_ name: String, at range: SourceRange, first: Place) {
    report(
      "'\(name)' is already declared", at: range,
      notes: [Diagnostic.Note("the first one is here", at: first.location)])
  }

  /// Whether a name can be declared here; reports an error when it cannot.
  func canDeclare(_ name: String, at range: SourceRange) -> Bool {
    guard let first = scope.symbols[name] else { return true }
    reportRedeclaration(name, at: range, first: first.place)
    return false
  }

  private func canDeclare(_ names: [(name: String, range: SourceRange)]) -> Bool {
    var seen: [String: SourceRange] = [:]
    for (name, range) in names {
      if let first = seen[name] {
        reportRedeclaration(name, at: range, first: place(first))
        return false
      }
      seen[name] = range
      if !canDeclare(name, at: range) { return false }
    }
    return true
  }

  /// Declares names that have no meaning because of an error, so that their use fails silently.
  func poison(_ names: [(name: String, range: SourceRange)], _ kind: Symbol.Kind) {
    for (name, range) in names where scope.symbols[name] == nil {
      declare(name, kind, .failed, at: range)
    }
  }

  /// Declares a name, which must be new in this scope.
  func declare(_ name: String, _ kind: Symbol.Kind, _ term: Term, at range: SourceRange) {
    scope.symbols[name] = Symbol(kind, term, at: place(range))
  }

  /// Whether a statement may stand here; reports an error when it may not.
  func stands(
    outsideOf what: String, _ isOutside: Bool, _ keyword: String, at range: SourceRange
  ) -> Bool {
    if !isOutside {
      let head = SourceRange(start: range.start, end: range.start + keyword.utf8.count)
      report("'\(keyword)' cannot stand inside of \(what)", at: head)
    }
    return isOutside
  }
}

// MARK: - Names

extension Elaborator {
  private func bind(_ syntax: BindingSyntax) {
    let names = syntax.pattern.compactMap { part in part.name.map { ($0, part.range) } }
    let kind: Symbol.Kind = syntax.isMutable ? .variable : .constant
    guard canDeclare(names) else { return poison(names, kind) }
    do throws(ElaborationFailure) {
      let firstNode = graph.nodeCount
      var term = try evaluate(syntax.value, named: syntax.isTuple ? nil : names.first?.0)
      if let type = syntax.type {
        let wanted = try resolve(type)
        term = try conforming(term, to: wanted, at: syntax.value.range)
      }
      let parts = try parts(of: term, syntax.pattern, isTuple: syntax.isTuple, syntax.value.range)
      for (part, term) in zip(syntax.pattern, parts) {
        guard let name = part.name else { continue }
        if syntax.isMutable {
          nameVariable(term, name, since: firstNode)
          declare(name, kind, term, at: part.range)
        } else {
          let term = try named(term, name, at: part.range, since: firstNode)
          declare(name, kind, term, at: part.range)
        }
      }
    } catch {
      poison(names, kind)
    }
  }

  private func assign(_ syntax: AssignmentSyntax) {
    var symbols: [Symbol?] = []
    var isCorrect = true
    for part in syntax.pattern {
      do throws(ElaborationFailure) {
        symbols.append(
          try part.name.map { name throws(ElaborationFailure) in
            try assignable(name, at: part.range)
          })
      } catch {
        isCorrect = false
      }
    }
    do throws(ElaborationFailure) {
      let firstNode = graph.nodeCount
      let hint = syntax.isTuple ? nil : syntax.pattern.first?.name
      let term = try evaluate(syntax.value, named: hint)
      guard isCorrect else { throw ElaborationFailure() }
      let parts = try parts(of: term, syntax.pattern, isTuple: syntax.isTuple, syntax.value.range)
      for (index, term) in parts.enumerated() {
        guard let symbol = symbols[index], let name = syntax.pattern[index].name else { continue }
        nameVariable(term, name, since: firstNode)
        symbol.term = term
      }
    } catch {
      for case let symbol? in symbols { symbol.term = .failed }
    }
  }

  /// The `var` that a statement may change.
  private func assignable(
    _ name: String, at range: SourceRange
  ) throws(ElaborationFailure) -> Symbol {
    guard let (symbol, isOutside) = scope.symbol(name) else {
      if isIncomplete { throw ElaborationFailure() }
      let nearest = suggestion(for: name, among: scope.visibleNames)
      throw report(
        "'\(name)' is not declared", at: range,
        notes: nearest.isEmpty ? [note("declare it with 'let \(name) = …' or 'var'")] : nearest)
    }
    let declaration = Diagnostic.Note("it is declared here", at: symbol.place.location)
    guard symbol.kind == .variable else {
      let (kind, suggestion) = kindText(symbol, name)
      throw report(
        "'\(name)' is \(kind) and cannot change", at: range,
        notes: [declaration] + suggestion.map(note))
    }
    guard !isOutside else {
      throw report(
        "a 'func' cannot change '\(name)', which is declared outside of it", at: range,
        notes: [declaration, note("make the new value a result, and assign it where it is called")])
    }
    return symbol
  }

  private func kindText(_ symbol: Symbol, _ name: String) -> (String, [String]) {
    switch symbol.kind {
    case .constant: ("declared with 'let'", ["declare it with 'var \(name) = …'"])
    case .variable: ("declared with 'var'", [])
    case .placeholder: ("a placeholder", [])
    case .state:
      (
        "a variable of the graph",
        ["change it when the graph runs, with 'target … = assign(\(name), …)'"]
      )
    case .parameter: ("a parameter", [])
    case .counter: ("the counter of a loop", [])
    case .argument: ("an argument", ["give the new value another name with 'let' or 'var'"])
    }
  }

  /// What each name of a pattern stands for.
  private func parts(
    of term: Term, _ pattern: [PatternElementSyntax], isTuple: Bool, _ range: SourceRange
  ) throws(ElaborationFailure) -> [Term] {
    guard isTuple else { return [term] }
    guard let group = term.group else {
      throw report(
        "this is \(term.kind), which cannot be taken apart into \(pattern.count) names", at: range)
    }
    guard group.terms.count == pattern.count else {
      let count = group.terms.count
      throw report(
        "this has \(count) \(count == 1 ? "part" : "parts"), but there are \(pattern.count) names",
        at: range, notes: [note("leave a part out with '_'")])
    }
    return group.terms
  }
}
