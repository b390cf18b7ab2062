import GraphIR

extension Elaborator {
  func output(
    _ results: [NamedResultSyntax], _ attributes: [AttributeSyntax], at range: SourceRange
  ) {
    var declarations: [Declaration]?
    do throws(ElaborationFailure) {
      declarations = try self.declarations(attributes, of: "an output")
    } catch {}
    guard stands(outsideOf: "a 'func' or 'for'", scope.kind == .file, "output", at: range) else {
      return poison(results.compactMap(\.declaredName).map { ($0.name, $0.range) }, .constant)
    }
    for result in results {
      do throws(ElaborationFailure) {
        let label = try result.label.map { syntax throws(ElaborationFailure) in
          try self.label(syntax)
        }
        let value =
          if let label { try labelledValue(result, label) } else { try outputValue(result) }
        guard isMain else { continue }
        let name = label ?? prefix + result.name.name
        if let first = outputs[name] {
          throw repeated("an output", name, result.name.range, first)
        }
        outputs[name] = place(result.name.range)
        graph.declareOutput(value, named: name)
        try declare(declarations ?? [], of: value, at: result.name.range)
      } catch {}
    }
  }

  func target(_ results: [NamedResultSyntax], at range: SourceRange) {
    guard stands(outsideOf: "a 'func' or 'for'", scope.kind == .file, "target", at: range) else {
      return poison(results.compactMap(\.declaredName).map { ($0.name, $0.range) }, .constant)
    }
    for result in results {
      do throws(ElaborationFailure) {
        let label = try result.label.map { syntax throws(ElaborationFailure) in
          try self.label(syntax)
        }
        let node = if let label { try labelledNode(result, label) } else { try targetNode(result) }
        guard isMain else { continue }
        let name = label ?? prefix + result.name.name
        if let first = targets[name] {
          throw repeated("a target", name, result.name.range, first)
        }
        targets[name] = place(result.name.range)
        graph.declareTarget(node, named: name)
      } catch {}
    }
  }

  /// Whether the statements of the compiled file run, not those of one that it imports.
  private var isMain: Bool { file.index == 0 }

  private func repeated(
    _ what: String, _ name: String, _ range: SourceRange, _ first: Place
  ) -> ElaborationFailure {
    report(
      "'\(name)' is already \(what)", at: range,
      notes: [Diagnostic.Note("it is declared here", at: first.location)])
  }

  /// The value of an output, which has the output's name.
  private func outputValue(_ result: NamedResultSyntax) throws(ElaborationFailure) -> Value {
    let (term, firstNode) = try result.value == nil ? declared(result) : defined(result)
    let (name, range) = (result.name.name, result.value?.range ?? result.name.range)
    switch term {
    case .value(let value):
      if value.endpoint.output == 0, value.node.name == prefix + name { return value }
      // The value of a variable goes by the variable's name.
      if value.variable?.name == prefix + name { return value }
      let named = try named(term, name, at: range, since: firstNode)
      guard case .value(let value) = named else { throw ElaborationFailure() }
      scope.symbol(name)?.symbol.term = named
      return value
    case .integer, .number, .flag, .text, .bytes, .list:
      let node = graph.nodeCount
      let value = try constant(term, as: nil, at: range)
      _ = try named(.value(value), name, at: range, since: node)
      return value
    default: throw noOutput(term, name, at: range)
    }
  }

  private func noOutput(
    _ term: Term, _ name: String, at range: SourceRange
  ) -> ElaborationFailure {
    switch term {
    case .effect:
      report(
        "'\(name)' is an operation without a result, and no output", at: range,
        notes: [note("declare it with 'target \(name)'")])
    case .results(_, let names):
      report(
        "'\(name)' has the results \(names.joined(separator: ", ")); an output is one value",
        at: range, notes: [note("take one of them, as '.\(names.first ?? "")'")])
    default: report("'\(name)' is \(term.kind), which is no value", at: range)
    }
  }

  private func targetNode(_ result: NamedResultSyntax) throws(ElaborationFailure) -> GraphNode {
    let (term, firstNode) = try result.value == nil ? declared(result) : defined(result)
    let (name, range) = (result.name.name, result.value?.range ?? result.name.range)
    guard let node = term.node else { throw noTarget(term, name, at: range) }
    if node.name == prefix + name { return node }
    let named = try named(term, name, at: range, since: firstNode)
    scope.symbol(name)?.symbol.term = named
    return named.node ?? node
  }

  private func noTarget(
    _ term: Term, _ name: String, at range: SourceRange
  ) -> ElaborationFailure {
    report("'\(name)' is \(term.kind), and nothing to run", at: range)
  }

  /// What the name of an output or target means.
  private func declared(
    _ result: NamedResultSyntax
  ) throws(ElaborationFailure) -> (Term, firstNode: Int) {
    let term = try evaluate(ExpressionSyntax(.name(result.name.name), range: result.name.range))
    return (term, graph.nodeCount)
  }

  /// What is given on the spot, and declared by that.
  private func defined(
    _ result: NamedResultSyntax
  ) throws(ElaborationFailure) -> (Term, firstNode: Int) {
    guard let expression = result.value else { throw ElaborationFailure() }
    let name = result.name
    guard canDeclare(name.name, at: name.range) else { throw ElaborationFailure() }
    let firstNode = graph.nodeCount
    do throws(ElaborationFailure) {
      let term = try evaluate(expression, named: name.name)
      let meaning =
        term.node == nil ? term : try named(term, name.name, at: name.range, since: firstNode)
      declare(name.name, .constant, meaning, at: name.range)
      return (meaning, firstNode)
    } catch {
      declare(name.name, .constant, .failed, at: name.range)
      throw error
    }
  }
}

extension Term {
  /// The node that computes a value, or that is an operation without a result.
  fileprivate var node: GraphNode? {
    switch self {
    case .value(let value): value.node
    case .effect(let node): node
    default: nil
    }
  }
}

// MARK: - Names in quotation marks

// Such a name belongs to the output or target alone: no node is named after it or added for it.
extension Elaborator {
  private func label(_ syntax: StringSyntax) throws(ElaborationFailure) -> String {
    let label = try text(of: syntax)
    guard (1...Self.nameLimit).contains(label.utf8.count) else {
      throw report(
        "a name has 1 to \(Self.nameLimit) characters, but this has \(label.utf8.count)",
        at: syntax.range)
    }
    return label
  }

  private func labelledValue(
    _ result: NamedResultSyntax, _ name: String
  ) throws(ElaborationFailure) -> Value {
    guard let expression = result.value else { throw ElaborationFailure() }
    let term = try evaluate(expression)
    switch term {
    case .value(let value): return value
    case .integer, .number, .flag, .text, .bytes, .list:
      return try constant(term, as: nil, at: expression.range)
    default: throw noOutput(term, name, at: expression.range)
    }
  }

  private func labelledNode(
    _ result: NamedResultSyntax, _ name: String
  ) throws(ElaborationFailure) -> GraphNode {
    guard let expression = result.value else { throw ElaborationFailure() }
    let term = try evaluate(expression)
    guard let node = term.node else { throw noTarget(term, name, at: expression.range) }
    return node
  }
}
