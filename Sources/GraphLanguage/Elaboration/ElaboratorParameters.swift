import GraphIR
import Tensors

extension Elaborator {
  func parameter(_ syntax: VariableSyntax, at range: SourceRange) {
    let name = syntax.name
    guard
      stands(outsideOf: "a block", blockDepth == 0, "parameter", at: range),
      canDeclare(name.name, at: name.range)
    else { return poison([(name.name, name.range)], .parameter) }
    parameters.append(name.name)
    do throws(ElaborationFailure) {
      let type = try syntax.type.map { type throws(ElaborationFailure) in try resolve(type) }
      var term = try evaluate(syntax.value)
      guard let kind = ParameterKind(term) else {
        throw report(
          "a parameter is a number, a text, true, false or a list of these, but this is \(term.kind)",
          at: syntax.value.range)
      }
      if let type { term = try parameter(term, as: type, at: syntax.value.range) }
      if let text = definitions[name.name] {
        term = try defined(text, as: kind, type, name)
      }
      graph.declareParameter(name.name, value: term.literalText ?? "")
      declare(name.name, .parameter, term, at: name.range)
    } catch {
      declare(name.name, .parameter, .failed, at: name.range)
    }
  }

  /// Checks a parameter against its declared type; integers become numbers where that asks for it.
  private func parameter(
    _ term: Term, as type: TensorType, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    let tensor = try tensor(
      term, as: type.dataType, at: range, because: "the declared type is \(type)")
    try check(tensor.type, against: type, at: range)
    return type.dataType.isFloatingPoint ? term.withNumbers : term
  }

  /// The value that a command gives for a parameter.
  private func defined(
    _ text: String, as kind: ParameterKind, _ type: TensorType?, _ name: IdentifierSyntax
  ) throws(ElaborationFailure) -> Term {
    let kind = type.map { ParameterKind($0, kind) } ?? kind
    let given = kind == .text ? .text(text) : Self.literal(text).flatMap(kind.adopt)
    let isRight =
      given.map { given in type.map { Self.conforms(given, to: $0) } ?? true } ?? false
    guard let given, isRight else {
      let shown = textLiteral(text.count > 40 ? text.prefix(40) + "…" : text)
      throw report(
        "the parameter '\(name.name)' is \(type?.description ?? kind.description),"
          + " but \(shown) is given for it", at: name.range)
    }
    return given
  }

  private static func conforms(_ term: Term, to type: TensorType) -> Bool {
    guard let literal = try? term.argument?.literal(),
      let tensor = try? literal.asLiteral().adopting(type.dataType)
    else { return false }
    return tensor.shape.isCompatible(with: type.shape)
  }

  /// What a text means that holds a literal or an operation on numbers.
  private static func literal(_ text: String) -> Term? {
    let source = SourceFile(name: "", text: "let value = " + text)
    let (tree, faults) = source.parse()
    guard faults.isEmpty, tree.statements.count == 1, tree.comments.isEmpty,
      case .binding(let binding)? = tree.statements.first?.kind
    else { return nil }
    let elaborator = Elaborator(registry: OperatorRegistry([]), limits: GraphLimits())
    let term = elaborator.evaluateOrFail(binding.value)
    return term.isFailed ? nil : term
  }

  /// What is wrong with definitions that no parameter takes.
  func undeclaredDefinitions() -> [Diagnostic] {
    if isIncomplete || isStopped { return [] }
    let known = Set(parameters)
    return definitions.keys.filter { !known.contains($0) }.sorted().map { name in
      let nearest = nearestName(to: name, among: parameters)
      let list = parameters.map { "'\($0)'" }.joined(separator: ", ")
      return Diagnostic(
        "there is no parameter '\(name)'",
        notes: [
          note(
            nearest.map { "did you mean '\($0)'?" }
              ?? (parameters.isEmpty ? "the graph has no parameters" : "there are \(list)"))
        ])
    }
  }
}

/// What may be given for a parameter.
indirect enum ParameterKind: Equatable {
  case integer, number, flag, text
  /// A list of any length; `nil` when its default is empty and tells nothing of its elements.
  case list(ParameterKind?)

  /// The kind of a default; `nil` where it cannot be that of a parameter.
  init?(_ term: Term) {
    switch term {
    case .integer: self = .integer
    case .number: self = .number
    case .flag: self = .flag
    case .text: self = .text
    case .list(let group):
      var kind: ParameterKind?
      for term in group.terms {
        guard let next = ParameterKind(term) else { return nil }
        if let first = kind {
          guard let common = first.merged(with: next) else { return nil }
          kind = common
        } else {
          kind = next
        }
      }
      self = .list(kind)
    case .value, .bytes, .name, .results, .effect, .failed: return nil
    }
  }

  /// The kind of a default of a declared type.
  init(_ type: TensorType, _ kind: ParameterKind) {
    self = type.dataType.isFloatingPoint ? kind.withNumbers : kind
  }

  private var withNumbers: ParameterKind {
    switch self {
    case .integer, .number: .number
    case .flag, .text: self
    case .list(let element): .list(element?.withNumbers)
    }
  }

  private func merged(with other: ParameterKind) -> ParameterKind? {
    switch (self, other) {
    case (.integer, .number), (.number, .integer): .number
    case (.list(nil), .list): other
    case (.list, .list(nil)): self
    case (.list(let a?), .list(let b?)): a.merged(with: b).map { .list($0) }
    default: self == other ? self : nil
    }
  }

  /// A term as one of this kind; `nil` when it is of another.
  func adopt(_ term: Term) -> Term? {
    switch (self, term) {
    case (.integer, .integer), (.number, .number), (.flag, .flag), (.text, .text): return term
    case (.number, .integer(let integer)): return .number(Double(integer))
    case (.list(let element), .list(let group)):
      guard let element else { return ParameterKind(term) == nil ? nil : term }
      var terms: [Term] = []
      for term in group.terms {
        guard let adopted = element.adopt(term) else { return nil }
        terms.append(adopted)
      }
      return TermGroup(terms).map(Term.list)
    default: return nil
    }
  }

  /// In words, for messages.
  var description: String {
    switch self {
    case .integer: "an integer"
    case .number: "a number"
    case .flag: "true or false"
    case .text: "a text"
    case .list(let element): "a list" + (element.map { " of \($0.plural)" } ?? "")
    }
  }

  private var plural: String {
    switch self {
    case .integer: "integers"
    case .number: "numbers"
    case .flag: "true and false"
    case .text: "texts"
    case .list(let element): "lists" + (element.map { " of \($0.plural)" } ?? "")
    }
  }
}

extension Term {
  /// The same with integers as numbers.
  fileprivate var withNumbers: Term {
    switch self {
    case .integer(let integer): return .number(Double(integer))
    case .list(let group):
      return TermGroup(group.terms.map(\.withNumbers)).map(Term.list) ?? self
    default: return self
    }
  }
}
