import GraphIR
import Operators
import Tensors

extension Elaborator {
  func call(
    _ callee: ExpressionSyntax, _ arguments: [ArgumentSyntax], at range: SourceRange,
    named hint: String?
  ) throws(ElaborationFailure) -> Term {
    guard case .name(let written) = callee.kind else { throw notCallable(callee) }
    let name = try calledName(written, callee.range)
    if let block = scope.block(name) {
      return try call(block, arguments, at: range, named: hint)
    }
    if let builtIn = BuiltInFunction(rawValue: name) {
      return try call(builtIn, arguments, at: range)
    }
    guard let function = registry.function(named: name) else {
      arguments.forEach { _ = evaluateOrFail($0.value) }
      throw unknownFunction(name, at: callee.range)
    }
    return try call(function, arguments, declared: function.declaration, at: range)
  }

  /// Calls a function with arguments as they are written.
  ///
  /// - Parameters:
  ///   - declaration: How the call looks, for messages.
  ///   - isListed: Whether the positional arguments are one list, be they one or many.
  func call(
    _ function: GraphFunction, _ arguments: [ArgumentSyntax], declared declaration: String,
    isListed: Bool = false, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    let name = function.name
    let declaration = note("it is \(declaration)")
    let slots = function.parameters.map { parameter in
      ParameterSlot(
        name: parameter.name, label: parameter.isPositional ? nil : parameter.name,
        isVariadic: parameter.isVariadic && parameter.isPositional,
        isOptional: parameter.defaultText != nil)
    }
    let (arguments, order) = separated(arguments, of: function)
    let places = match(arguments, to: slots, of: name, declaration, at: range)
    let terms = arguments.map { evaluateOrFail($0.value) }
    let earlier = order.map { argument in
      attempt { () throws(ElaborationFailure) in
        try self.nodes(in: argument.value)
      }
    }
    guard let places, !terms.contains(where: \.isFailed), earlier.allSatisfy({ $0 != nil }) else {
      throw ElaborationFailure()
    }
    var byName: [String: FunctionArgument] = [:]
    var ranges: [String: SourceRange] = [:]
    for (slot, positions) in zip(slots, places) where !positions.isEmpty {
      var given: [FunctionArgument] = []
      for position in positions {
        let range = arguments[position].value.range
        try spend(terms[position].group?.leafCount ?? 0, range)
        guard let argument = terms[position].argument else {
          throw report(
            "'\(name)' cannot take \(terms[position].kind)", at: range, notes: [declaration])
        }
        given.append(argument)
        ranges[slot.name] = range
      }
      let isList = given.count > 1 || (isListed && slot.isVariadic)
      byName[slot.name] = isList ? .list(given) : given[0]
    }
    return try after(earlier.flatMap { $0 ?? [] }) { () throws(ElaborationFailure) in
      try run(function, byName, at: range, ranges, [declaration])
    }
  }

  /// The function that a name in a call means: a case that an argument or parameter holds, as
  /// `.relu`, calls the function of that name.
  private func calledName(
    _ written: String, _ range: SourceRange
  ) throws(ElaborationFailure) -> String {
    guard scope.block(written) == nil, registry.function(named: written) == nil,
      BuiltInFunction(rawValue: written) == nil, let symbol = scope.symbol(written)?.symbol
    else { return written }
    switch symbol.term {
    case .name(let name): return name
    case .failed: throw ElaborationFailure()
    default:
      throw report(
        "'\(written)' is \(symbol.term.kind) and cannot be called", at: range,
        notes: [Diagnostic.Note("it is declared here", at: symbol.place.location)])
    }
  }

  private func notCallable(_ callee: ExpressionSyntax) -> ElaborationFailure {
    switch callee.kind {
    case .member(_, let name) where registry.function(named: name.name) != nil:
      report(
        "there are no methods", at: name.range,
        notes: [note("pass what stands before the '.' as an argument: '\(name.name)(…)'")])
    case .member(_, let name): report("there are no methods", at: name.range)
    case .enumerationCase(let name) where registry.function(named: name) != nil:
      report(
        "'.\(name)' cannot be called", at: callee.range,
        notes: [note("leave out the '.' to call the function '\(name)'")])
    default: report("this cannot be called", at: callee.range)
    }
  }

  private func unknownFunction(_ name: String, at range: SourceRange) -> ElaborationFailure {
    if isIncomplete { return ElaborationFailure() }
    let names =
      scope.visibleBlocks + registry.functionNames + BuiltInFunction.allCases.map(\.rawValue)
    return report(
      "there is no function '\(name)'", at: range, notes: suggestion(for: name, among: names))
  }

  /// Lets a function append to the graph.
  ///
  /// - Parameters:
  ///   - ranges: The places of the arguments by the name of their parameter, for messages that
  ///     begin with it.
  ///   - notes: What to add to a message about the arguments.
  func run(
    _ function: GraphFunction, _ arguments: [String: FunctionArgument], at range: SourceRange,
    _ ranges: [String: SourceRange] = [:], _ notes: [Diagnostic.Note] = []
  ) throws(ElaborationFailure) -> Term {
    let origin = origin(range)
    let firstNode = graph.nodeCount
    let call = FunctionCall(graph: graph, arguments: arguments, origin: origin) { [graph] tensor in
      graph.append(Const(tensor), origin: origin).output
    }
    let values: [Value]
    do {
      values = try function.body(call)
    } catch let error as ShapeError {
      let parameter = error.description.prefix { $0 != " " && $0 != ":" }
      throw report(
        "\(function.name): \(error)", at: ranges[String(parameter)] ?? range,
        notes: (error.suggestion.map { [note($0)] } ?? []) + notes)
    } catch let error as GraphError {
      // What a call before this one did wrong has been reported.
      if reportedFaults > 0, error.diagnostics == graph.diagnostics { throw ElaborationFailure() }
      for diagnostic in error.diagnostics {
        report(diagnostic.message, at: range, notes: diagnostic.notes)
      }
      throw ElaborationFailure()
    } catch {
      throw report("\(function.name): \(error)", at: range)
    }
    try checkFaults(range)
    // A gradient walks over the whole graph, however few nodes it adds.
    let nodeCount = graph.nodeCount
    let isGradient = arguments["withRespectTo"] != nil
    try spend((nodeCount - firstNode) / 4 + (isGradient ? nodeCount / 16 : 0), range)
    // A few characters may ask for a large constant.
    let bytes = graph.snapshot { graph in
      graph.nodes[firstNode...].reduce(0) { $0 + ($1.operation.constantValue?.byteCount ?? 0) }
    }
    try spend(bytes / 256, range)
    guard values.allSatisfy(\.isValid) else {
      throw report("\(function.name): the call gives nothing", at: range)
    }
    return try term(of: values, arguments, since: firstNode, at: range)
  }

  private func term(
    of values: [Value], _ arguments: [String: FunctionArgument], since firstNode: Int,
    at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    let nodeCount = graph.nodeCount
    guard let first = values.first else {
      guard nodeCount > firstNode else { throw report("this makes no operation", at: range) }
      return .effect(graph.node(at: nodeCount - 1))
    }
    // As in Swift, a gradient with respect to a list is a list, even of one.
    var isList = false
    if case .list? = arguments["withRespectTo"] { isList = true }
    if values.count == 1, !isList { return .value(first) }
    guard let group = TermGroup(values.map(Term.value)) else { throw tooLarge(range) }
    let names = graph.snapshot { Self.outputNames($0.nodes[first.endpoint.nodeIndex].operation) }
    if !isList, names.count == values.count, values.allSatisfy({ $0.node == first.node }) {
      return .results(group, names: names)
    }
    return .list(group)
  }

  private static func outputNames<Op: Operator>(_ operation: Op) -> [String] {
    Op.signature.outputs.map(\.name)
  }
}
