import GraphIR
import Tensors

extension Elaborator {
  func member(
    _ name: IdentifierSyntax, of term: Term, at base: SourceRange
  ) throws(ElaborationFailure) -> Term {
    switch term {
    case .results(let group, let names):
      if let index = names.firstIndex(of: name.name) { return group.terms[index] }
      throw report(
        "there is no result '\(name.name)'", at: name.range,
        notes: suggestion(for: name.name, among: names)
          + [note("the results are \(names.map { "'\($0)'" }.joined(separator: ", "))")])
    case .value(let value):
      switch name.name {
      case "shape": return try sizes(of: value, at: base)
      case "rank":
        guard let rank = value.shape.rank else { throw unknownShape("the rank", value, base) }
        return .integer(rank)
      default: throw noMember(name, of: term, among: ["shape", "rank"])
      }
    case .list(let group):
      if name.name == "count" { return .integer(group.terms.count) }
      throw noMember(name, of: term, among: ["count"])
    default: throw noMember(name, of: term, among: [])
    }
  }

  private func noMember(
    _ name: IdentifierSyntax, of term: Term, among names: [String]
  ) -> ElaborationFailure {
    var notes = suggestion(for: name.name, among: names)
    if registry.function(named: name.name) != nil {
      notes = [note("to call the function, write '\(name.name)(…)'")]
    }
    return report("\(term.kind) has no member '\(name.name)'", at: name.range, notes: notes)
  }

  private func sizes(of value: Value, at range: SourceRange) throws(ElaborationFailure) -> Term {
    guard let sizes = value.shape.known, let group = TermGroup(sizes.map(Term.integer)) else {
      throw unknownShape("the shape", value, range)
    }
    return .list(group)
  }

  private func unknownShape(
    _ what: String, _ value: Value, _ range: SourceRange
  ) -> ElaborationFailure {
    var notes: [Diagnostic.Note] = []
    if what == "the shape", value.shape.rank != nil {
      notes.append(note("a size that is known can be asked for alone, as 'x.shape[0]'"))
    }
    if registry.function(named: "shape") != nil {
      notes.append(note("'shape(…)' gives the shape as a value when the graph runs"))
    }
    return report(
      "\(what) of \(Term.value(value).kind) is not known when the graph is built", at: range,
      notes: notes)
  }

  func element(
    of base: ExpressionSyntax, _ indices: [ExpressionSyntax], named hint: String?
  ) throws(ElaborationFailure) -> Term {
    // One size may be known where others are not.
    if case .member(let inner, let name) = base.kind, name.name == "shape" {
      let term = try evaluate(inner, named: hint)
      if case .value(let value) = term {
        return try size(of: value, indices, inner.range)
      }
      return try element(of: try member(name, of: term, at: inner.range), indices, base.range)
    }
    return try element(of: try evaluate(base, named: hint), indices, base.range)
  }

  private func size(
    of value: Value, _ indices: [ExpressionSyntax], _ range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    guard indices.count == 1 else {
      throw report("'shape' has one index, but \(indices.count) are given", at: indices[1].range)
    }
    let axis = try index(indices[0])
    guard let rank = value.shape.rank else { throw unknownShape("the shape", value, range) }
    try check(axis, indices[0], count: rank, "the shape of \(Term.value(value).kind)", "size")
    guard let size = value.shape[axis] else {
      throw unknownShape("size \(axis)", value, range)
    }
    return .integer(size)
  }

  private func element(
    of base: Term, _ indices: [ExpressionSyntax], _ range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    var term = base
    for expression in indices {
      guard case .list(let group) = term else {
        let reason =
          if case .value = term { "elements of a value cannot be taken with [ ]" } else {
            "\(term.kind) has no elements"
          }
        throw report(reason, at: range)
      }
      let position = try index(expression)
      try check(position, expression, count: group.terms.count, "the list", "element")
      term = group.terms[position]
    }
    return term
  }

  private func index(_ expression: ExpressionSyntax) throws(ElaborationFailure) -> Int {
    try integer(expression, "an index is an integer that is known when the graph is built")
  }

  private func check(
    _ index: Int, _ expression: ExpressionSyntax, count: Int, _ what: String, _ part: String
  ) throws(ElaborationFailure) {
    guard !(0..<count).contains(index) else { return }
    throw report(
      "\(what) has \(count) \(part)\(count == 1 ? "" : "s"), so that there is no \(part) \(index)",
      at: expression.range, notes: count > 0 ? [note("the first is 0, the last \(count - 1)")] : [])
  }
}
