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
    _ what: String, _ value: Value, _ range: SourceRange, axis: Int? = nil
  ) -> ElaborationFailure {
    var notes: [Diagnostic.Note] = []
    if what == "the shape", value.shape.rank != nil {
      notes.append(note("a size that is known can be asked for alone, as 'x.shape[0]'"))
    }
    if what != "the rank", registry.function(named: "shape") != nil {
      let index = axis.map { "[\($0)]" } ?? ""
      let call = "shape(\(file.source.quotable(range)))\(index)"
      notes.append(
        note("'\(call)' gives \(axis == nil ? "the shape" : "it") as a value when the graph runs"))
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
      throw unknownShape("size \(axis)", value, range, axis: axis)
    }
    return .integer(size)
  }

  private func element(
    of base: Term, _ indices: [ExpressionSyntax], _ range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    var term = base
    for (number, expression) in indices.enumerated() {
      if case .value(let value) = term {
        return try element(of: value, Array(indices[number...]), range)
      }
      guard case .list(let group) = term else {
        throw report("\(term.kind) has no elements", at: range)
      }
      let position = try index(expression)
      try check(position, expression, count: group.terms.count, "the list", "element")
      term = group.terms[position]
    }
    return term
  }

  /// One position along each of the first axes of a value, a negative one counted from the end.
  private func element(
    of value: Value, _ indices: [ExpressionSyntax], _ range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    guard let slice = registry.function(named: "stridedSlice") else {
      throw report("elements of a value cannot be taken here", at: range)
    }
    var begin: [Int] = []
    for expression in indices {
      let term = try evaluate(expression)
      guard case .integer(let position) = term else {
        let isValue = if case .value = term { true } else { false }
        throw report(
          "an index is an integer that is known when the graph is built, but this is \(term.kind)",
          at: expression.range,
          notes: isValue ? [note("'gather(…, …)' takes what a value chooses")] : [])
      }
      begin.append(position)
    }
    guard begin.count < 32 else {
      throw report("a value has at most 31 indices, but \(begin.count) are given", at: range)
    }
    func list(_ numbers: [Int]) -> FunctionArgument { .list(numbers.map { .integer($0) }) }
    let whole = range.union(indices.last?.range ?? range)
    return try run(
      slice,
      [
        "input": .value(value), "begin": list(begin),
        "end": list(begin.map { $0 == .max ? $0 : $0 + 1 }), "strides": list(begin.map { _ in 1 }),
        "shrinkAxisMask": .integer((1 << begin.count) - 1),
      ], at: whole, Dictionary(uniqueKeysWithValues: [("begin", indices[0].range)]))
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
