import GraphIR
import Operators
import Tensors

/// The functions of the language that belong to no operator.
enum BuiltInFunction: String, CaseIterable {
  /// `operation("ReluGrad", dy, y)`: any operator, by its wire name.
  case operation
  /// `base64("AAAAgD8=")`: bytes.
  case base64

  /// How a call looks, for messages.
  var declaration: String {
    switch self {
    case .operation: "operation(_ name, _ inputs…, attribute: value…, after: [])"
    case .base64: "base64(_ texts…)"
    }
  }
}

extension Elaborator {
  func call(
    _ builtIn: BuiltInFunction, _ arguments: [ArgumentSyntax], at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    switch builtIn {
    case .operation: try callOperator(arguments, at: range)
    case .base64: try bytes(arguments, at: range)
    }
  }

  // MARK: - Operators by name

  private func callOperator(
    _ arguments: [ArgumentSyntax], at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    let type = try operatorType(arguments.first, at: range)
    let call = OperatorCall(type)
    let rest = Array(arguments.dropFirst())
    if type is Const.Type {
      throw report(
        "'operation' makes no constants", at: arguments[0].value.range,
        notes: [note("write 'constant(…, type: .float32, shape: [2, 3])'")])
    }
    for argument in rest {
      guard let label = argument.label else { continue }
      if call.derivedAttributes.contains(label.name) {
        rest.forEach { _ = evaluateOrFail($0.value) }
        throw report(
          "the inputs of '\(type.name)' tell its attribute '\(label.name)'", at: label.range,
          notes: [note("leave out '\(label.name):'")])
      }
      if let name = call.wireNames[label.name], name != label.name {
        rest.forEach { _ = evaluateOrFail($0.value) }
        throw report(
          "'\(type.name)' has no argument '\(label.name):'", at: label.range,
          notes: [
            note("'operation' takes the names of the file: write '\(name):'"),
            note("it is \(call.declaration)"),
          ])
      }
    }
    return try self.call(
      call.function, rest, declared: call.declaration, isListed: true, at: range)
  }

  private func operatorType(
    _ argument: ArgumentSyntax?, at range: SourceRange
  ) throws(ElaborationFailure) -> any Operator.Type {
    let usage = note("it is \(BuiltInFunction.operation.declaration)")
    guard let argument, argument.label == nil else {
      throw report(
        "the first argument of 'operation' is the name of an operator",
        at: argument?.range ?? range, notes: [usage])
    }
    let term = try evaluate(argument.value)
    guard case .text(let name) = term else {
      throw report(
        "the name of an operator is a text, but this is \(term.kind)", at: argument.value.range,
        notes: [usage])
    }
    guard let type = registry.operator(named: name) else {
      let names = registry.entries.map(\.name)
      throw report(
        "there is no operator \(textLiteral(name.prefix(60)))", at: argument.value.range,
        notes: nearestName(to: name, among: names).map { [note("did you mean \"\($0)\"?")] } ?? [])
    }
    return type
  }

  // MARK: - Order

  /// The arguments of a function, and what it waits for.
  func separated(
    _ arguments: [ArgumentSyntax], of function: GraphFunction
  ) -> (arguments: [ArgumentSyntax], order: [ArgumentSyntax]) {
    if function.parameters.contains(where: { $0.name == "after" }) { return (arguments, []) }
    let order = arguments.filter { $0.label?.name == "after" }
    return order.isEmpty
      ? (arguments, []) : (arguments.filter { $0.label?.name != "after" }, order)
  }

  /// The nodes that an argument `after:` names.
  func nodes(in expression: ExpressionSyntax) throws(ElaborationFailure) -> [GraphNode] {
    try nodes(of: try evaluate(expression), at: expression.range)
  }

  private func nodes(
    of term: Term, at range: SourceRange
  ) throws(ElaborationFailure) -> [GraphNode] {
    switch term {
    case .value(let value): return [value.node]
    case .effect(let node): return [node]
    case .list(let group), .results(let group, _):
      var result: [GraphNode] = []
      for term in group.terms { result += try nodes(of: term, at: range) }
      return result
    default:
      throw report(
        "'after:' takes operations and values of the graph, but this is \(term.kind)", at: range)
    }
  }

  /// Makes the nodes that `body` appends wait for others.
  func after<Outcome>(
    _ nodes: [GraphNode], _ body: () throws(ElaborationFailure) -> Outcome
  ) throws(ElaborationFailure) -> Outcome {
    if nodes.isEmpty { return try body() }
    let outcome: Result<Outcome, ElaborationFailure> = graph.controlDependencies(on: nodes) {
      do throws(ElaborationFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  // MARK: - Bytes

  private func bytes(
    _ arguments: [ArgumentSyntax], at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    var characters: [UInt8] = []
    for argument in arguments {
      if let label = argument.label {
        throw report("the arguments of 'base64' have no labels", at: label.range)
      }
      let term = try evaluate(argument.value)
      guard case .text(let text) = term else {
        throw report("'base64' takes texts, but this is \(term.kind)", at: argument.value.range)
      }
      characters += text.utf8
      try spend(text.utf8.count / 64, argument.value.range)
    }
    guard let bytes = decodedBase64(characters) else {
      throw report(
        "this is not in base64", at: range,
        notes: [note("it is letters, digits, '+' and '/', and '=' to fill up the last four")])
    }
    return .bytes(bytes)
  }
}
