/// What is wrong with an operation on numbers that are known when the graph is built.
enum ArithmeticError: Error {
  case operand(isLeft: Bool, String)
  case result(String)
}

/// The result of an operation on what is known when the graph is built.
///
/// Integers are divided as in Swift, towards zero. An integer beside another number counts as one
/// of those.
func arithmetic(
  _ operation: BinaryOperator, _ left: Term, _ right: Term
) throws(ArithmeticError) -> Term {
  switch (left, right) {
  case (.integer(let a), .integer(let b)): return try integerArithmetic(operation, a, b)
  case (.integer(let a), .number(let b)): return try numberArithmetic(operation, Double(a), b)
  case (.number(let a), .integer(let b)): return try numberArithmetic(operation, a, Double(b))
  case (.number(let a), .number(let b)): return try numberArithmetic(operation, a, b)
  case (.flag(let a), .flag(let b)): if let result = equality(operation, a == b) { return result }
  case (.text(let a), .text(let b)): if let result = equality(operation, a == b) { return result }
  case (.name(let a), .name(let b)): if let result = equality(operation, a == b) { return result }
  default: break
  }
  let isLeft = !left.isNumber
  let wrong = isLeft ? left : right
  throw .operand(
    isLeft: isLeft, "'\(operation.rawValue)' takes numbers and values, but this is \(wrong.kind)")
}

extension Term {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}

private func equality(_ operation: BinaryOperator, _ areEqual: Bool) -> Term? {
  switch operation {
  case .equal: .flag(areEqual)
  case .notEqual: .flag(!areEqual)
  default: nil
  }
}

private func comparison<Number: Comparable>(
  _ operation: BinaryOperator, _ a: Number, _ b: Number
) -> Bool {
  switch operation {
  case .greater: a > b
  case .less: a < b
  case .greaterOrEqual: a >= b
  case .lessOrEqual: a <= b
  case .equal: a == b
  default: a != b
  }
}

private func integerArithmetic(
  _ operation: BinaryOperator, _ a: Int, _ b: Int
) throws(ArithmeticError) -> Term {
  let (result, overflow): (Int, Bool)
  switch operation {
  case .add: (result, overflow) = a.addingReportingOverflow(b)
  case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
  case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
  case .divide:
    if b == 0 { throw .result("\(a) / 0: an integer cannot be divided by zero") }
    (result, overflow) = a.dividedReportingOverflow(by: b)
  default: return .flag(comparison(operation, a, b))
  }
  if overflow { throw .result("\(a) \(operation.rawValue) \(b) is no integer of 64 bits") }
  return .integer(result)
}

private func numberArithmetic(
  _ operation: BinaryOperator, _ a: Double, _ b: Double
) throws(ArithmeticError) -> Term {
  let result: Double
  switch operation {
  case .add: result = a + b
  case .subtract: result = a - b
  case .multiply: result = a * b
  case .divide:
    if b == 0 { throw .result("\(a) / \(b): a number cannot be divided by zero") }
    result = a / b
  default: return .flag(comparison(operation, a, b))
  }
  if !result.isFinite, a.isFinite, b.isFinite {
    throw .result("\(a) \(operation.rawValue) \(b) is larger than any Float64")
  }
  return .number(result)
}
