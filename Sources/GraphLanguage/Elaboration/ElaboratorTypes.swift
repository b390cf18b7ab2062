import GraphIR
import Operators
import Tensors

extension Elaborator {
  /// The type that is written.
  func resolve(_ syntax: TypeSyntax) throws(ElaborationFailure) -> TensorType {
    let dataType = DataType(name: syntax.name.name)
    if dataType == nil {
      let names = DataType.allCases.map(\.name)
      let nearest = suggestion(for: syntax.name.name, among: names)
      let all = note("the types are \(names.joined(separator: ", "))")
      report(
        "there is no type '\(syntax.name.name)'", at: syntax.name.range,
        notes: nearest.isEmpty ? [all] : nearest)
    }
    let shape = try shape(syntax.dimensions)
    guard let dataType else { throw ElaborationFailure() }
    return TensorType(dataType, shape)
  }

  private func shape(_ dimensions: TypeSyntax.Dimensions) throws(ElaborationFailure) -> Shape {
    switch dimensions {
    case .scalar: return .scalar
    case .unknownRank: return .unknown
    case .known(let expressions):
      var sizes: [Int?] = []
      var isCorrect = true
      for expression in expressions {
        do throws(ElaborationFailure) {
          sizes.append(
            try expression.map { expression throws(ElaborationFailure) in
              try size(expression)
            })
        } catch {
          isCorrect = false
        }
      }
      guard isCorrect else { throw ElaborationFailure() }
      return Shape(dimensions: sizes)
    }
  }

  private func size(_ expression: ExpressionSyntax) throws(ElaborationFailure) -> Int {
    let requirement = "a size is an integer that is known when the graph is built"
    let term = try evaluate(expression)
    if case .value = term {
      throw report(
        "\(requirement), but this is \(term.kind)", at: expression.range,
        notes: [note("an open size is written '?'")])
    }
    let size = try integer(term, requirement, at: expression.range)
    guard size >= 0 else {
      throw report(
        "a size cannot be negative, but this is \(size)", at: expression.range,
        notes: [note("an open size is written '?'")])
    }
    return size
  }

  /// A term as a value of a declared type.
  func conforming(
    _ term: Term, to type: TensorType, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    switch term {
    case .value(let value):
      let actual = value.type
      try check(actual, against: type, at: range)
      return term
    case .integer, .number, .flag, .text, .bytes, .list:
      let tensor = try tensor(
        term, as: type.dataType, at: range, because: "the declared type is \(type)")
      if tensor.rank == 0, let sizes = type.shape.known, !sizes.isEmpty {
        let element = file.source.quotable(range)
        throw report(
          "the declared type is \(type), but this is \(tensor.type)", at: range,
          notes: [
            note(
              "'constant(\(element), type: .\(caseName(of: type.dataType)), shape: \(sizes))'"
                + " repeats one element")
          ])
      }
      try check(tensor.type, against: type, at: range)
      return .value(try constant(term, as: type.dataType, at: range))
    case .name, .choice, .results, .effect, .failed:
      throw report("the declared type is \(type), but this is \(term.kind)", at: range)
    }
  }

  func check(
    _ actual: TensorType, against type: TensorType, at range: SourceRange
  ) throws(ElaborationFailure) {
    if actual.dataType == type.dataType, actual.shape.isCompatible(with: type.shape) { return }
    let isOtherType = actual.dataType != type.dataType
    throw report(
      "the declared type is \(type), but this is \(actual)", at: range,
      notes: isOtherType
        ? [note("convert it with cast(…, to: .\(caseName(of: type.dataType)))")] : [])
  }
}

// MARK: - What is fed and what stays

extension Elaborator {
  func placeholder(_ syntax: PlaceholderSyntax, _ attributes: [AttributeSyntax]) {
    let name = syntax.name
    guard canDeclare(name.name, at: name.range) else { return }
    do throws(ElaborationFailure) {
      let declarations = try declarations(attributes, of: "a placeholder")
      let type = try resolve(syntax.type)
      let standIn = try syntax.defaultValue.map { value throws(ElaborationFailure) in
        try defaultValue(value, of: name, type)
      }
      try makeFree(name.name, at: name.range)
      let value =
        if let standIn {
          graph.append(
            PlaceholderWithDefault(type.shape), [standIn], name: name.name,
            origin: origin(name.range)
          ).output
        } else {
          graph.placeholder(name.name, type: type, origin: origin(name.range))
        }
      try checkFaults(name.range)
      namedNodes.insert(value.node.index)
      try declare(declarations, of: value, at: name.range)
      declare(name.name, .placeholder, .value(value), at: name.range)
    } catch {
      declare(name.name, .placeholder, .failed, at: name.range)
    }
  }

  /// What a placeholder holds when nothing is fed: a value, or a constant that is named after it.
  private func defaultValue(
    _ expression: ExpressionSyntax, of name: IdentifierSyntax, _ type: TensorType
  ) throws(ElaborationFailure) -> Value {
    let firstNode = graph.nodeCount
    let term = try evaluate(expression)
    guard case .value(let value) = try conforming(term, to: type, at: expression.range) else {
      throw ElaborationFailure()
    }
    if case .value = term { return value }
    _ = try named(.value(value), "\(name.name)/default", at: name.range, since: firstNode)
    return value
  }
}
