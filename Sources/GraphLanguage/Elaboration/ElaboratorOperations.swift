import GraphIR
import Operators
import Tensors

extension BinaryOperator {
  /// The function that the operator is short for.
  var functionName: String {
    switch self {
    case .add: "add"
    case .subtract: "sub"
    case .multiply: "mul"
    case .divide: "div"
    case .greater: "greater"
    case .less: "less"
    case .greaterOrEqual: "greaterEqual"
    case .lessOrEqual: "lessEqual"
    case .equal: "equal"
    case .notEqual: "notEqual"
    }
  }
}

extension Elaborator {
  func operation(
    _ first: ExpressionSyntax, _ steps: [OperationStepSyntax]
  ) throws(ElaborationFailure) -> Term {
    var result = evaluateOrFail(first)
    var range = first.range
    for step in steps {
      try spend(1, step.operatorRange)
      let operand = evaluateOrFail(step.operand)
      let whole = range.union(step.operand.range)
      if result.isFailed || operand.isFailed {
        result = .failed
      } else {
        do throws(ElaborationFailure) {
          result = try apply(step, (result, range), (operand, step.operand.range), at: whole)
        } catch {
          result = .failed
        }
      }
      range = whole
    }
    if result.isFailed { throw ElaborationFailure() }
    return result
  }

  private func apply(
    _ step: OperationStepSyntax, _ left: (term: Term, range: SourceRange),
    _ right: (term: Term, range: SourceRange), at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    switch (left.term, right.term) {
    case (.value(let x), .value(let y)):
      return try call(step, x, y, at: range)
    case (.value(let x), _):
      return try call(step, x, try operand(right, like: x, step.operation), at: range)
    case (_, .value(let y)):
      return try call(step, try operand(left, like: y, step.operation), y, at: range)
    default:
      do throws(ArithmeticError) {
        return try arithmetic(step.operation, left.term, right.term)
      } catch {
        switch error {
        case .operand(let isLeft, let message):
          throw report(message, at: isLeft ? left.range : right.range)
        case .result(let message): throw report(message, at: range)
        }
      }
    }
  }

  private func call(
    _ step: OperationStepSyntax, _ x: Value, _ y: Value, at range: SourceRange
  ) throws(ElaborationFailure) -> Term {
    try callFunction(
      step.operation.functionName, written: step.operation.rawValue, [.value(x), .value(y)],
      at: range, writtenAt: step.operatorRange)
  }

  /// A number beside a value, as a constant of the value's type of elements.
  private func operand(
    _ operand: (term: Term, range: SourceRange), like value: Value, _ operation: BinaryOperator
  ) throws(ElaborationFailure) -> Value {
    switch operand.term {
    case .integer, .number, .flag, .text, .bytes, .list:
      return try constant(
        operand.term, as: value.dataType, at: operand.range,
        because: "the other side of '\(operation.rawValue)' is \(Term.value(value).kind)")
    default:
      throw report(
        "'\(operation.rawValue)' takes values and numbers, but this is \(operand.term.kind)",
        at: operand.range)
    }
  }

  /// Calls the function that an operator is short for.
  func callFunction(
    _ name: String, written text: String, _ arguments: [FunctionArgument], at range: SourceRange,
    writtenAt operatorRange: SourceRange? = nil
  ) throws(ElaborationFailure) -> Term {
    guard let function = registry.function(named: name),
      function.parameters.count == arguments.count
    else {
      let known = BinaryOperator.allCases.filter {
        $0.precedence == 0 && registry.function(named: $0.functionName) != nil
      }
      let list = known.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw report(
        "'\(text)' is not known here for values of a graph", at: operatorRange ?? range,
        notes: known.isEmpty ? [] : [note("the comparisons of values are: \(list)")])
    }
    var byName: [String: FunctionArgument] = [:]
    for (parameter, argument) in zip(function.parameters, arguments) {
      byName[parameter.name] = argument
    }
    return try run(function, byName, at: range)
  }

  /// A constant of what is known when the graph is built.
  ///
  /// - Parameters:
  ///   - dataType: The type of its elements; without one, `Float32`, `Int32`, `Bool` or `String`
  ///     by how it is written.
  ///   - reason: Where the type comes from, for messages.
  func constant(
    _ term: Term, as dataType: DataType?, at range: SourceRange, because reason: String? = nil
  ) throws(ElaborationFailure) -> Value {
    let tensor = try tensor(term, as: dataType, at: range, because: reason)
    let node = graph.append(Const(tensor), origin: origin(range))
    try checkFaults(range)
    return node.output
  }

  /// What is known when the graph is built, as a tensor.
  func tensor(
    _ term: Term, as dataType: DataType?, at range: SourceRange, because reason: String? = nil
  ) throws(ElaborationFailure) -> Tensor {
    try spend(term.group?.leafCount ?? 1, range)
    let notes = reason.map { [note($0)] } ?? []
    do {
      guard let literal = try term.argument?.literal() else {
        throw ShapeError("\(term.kind) is no constant")
      }
      let usual: DataType =
        switch literal.dataType {
        case .int64: .int32
        case .float64: .float32
        default: literal.dataType
        }
      return try literal.asLiteral().adopting(dataType ?? usual)
    } catch let failure as ElaborationFailure {
      throw failure
    } catch {
      throw report("\(error)", at: range, notes: notes)
    }
  }
}
