import GraphIR
import Tensors

/// How variables are changed so that a loss becomes smaller.
///
/// ```swift
/// let train = try graph.minimize(loss, by: .adam(learningRate: 0.001))
/// ```
/// Names, numbers and defaults are those of `tf.keras.optimizers`, unless a method says otherwise.
/// Each number is one that stays, or a scalar of the graph, as a schedule gives it.
public struct Optimizer: Sendable {
  let rule: OptimizerRule
  let numbers: [String: OptimizerNumber]
  let flags: [String: Bool]

  init(
    _ rule: OptimizerRule, _ numbers: [String: OptimizerNumber], _ flags: [String: Bool] = [:]
  ) {
    self.rule = rule
    self.numbers = numbers
    self.flags = flags
  }

  /// One of the numbers; every rule is given all that it declares.
  func number(_ label: String) -> OptimizerNumber { numbers[label] ?? 0 }

  /// One of the choices between two forms.
  func flag(_ label: String) -> Bool { flags[label] ?? false }

  /// Sees to it that every number can be computed with.
  ///
  /// - Throws: `GraphError` for a number outside of its range, and for a value that is no scalar
  ///   of the graph.
  func check(for graph: Graph, at origin: Origin) throws {
    for parameter in rule.parameters {
      guard case .number(let range) = parameter.kind else { continue }
      try range.check(
        number(parameter.label), named: ".\(rule.name): \(parameter.label)", for: graph,
        at: origin)
    }
  }
}

/// A number of an optimiser: one that stays, or a value of the graph, as one that follows a
/// schedule.
public enum OptimizerNumber: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  case number(Double)
  /// A scalar, of the type of the variables or of any type that can be converted to it.
  case value(Value)

  /// A number that stays.
  public init(floatLiteral number: Double) { self = .number(number) }

  /// A number that stays.
  public init(integerLiteral number: Int) { self = .number(Double(number)) }
}

/// What a number of an optimiser may be.
enum NumberRange {
  /// 0 or more.
  case atLeastZero
  /// More than 0.
  case aboveZero
  /// 0 or less.
  case atMostZero
  /// From 0 to 1, without 1.
  case belowOne
  /// From 0 to 1.
  case upToOne

  private var text: String {
    switch self {
    case .atLeastZero: "at least 0"
    case .aboveZero: "above 0"
    case .atMostZero: "at most 0"
    case .belowOne: "at least 0 and below 1"
    case .upToOne: "from 0 to 1"
    }
  }

  private func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return switch self {
    case .atLeastZero: number >= 0
    case .aboveZero: number > 0
    case .atMostZero: number <= 0
    case .belowOne: number >= 0 && number < 1
    case .upToOne: number >= 0 && number <= 1
    }
  }

  /// Throws `GraphError` for a number that is not in the range or a value that is no scalar.
  func check(
    _ number: OptimizerNumber, named name: String, for graph: Graph, at origin: Origin,
    function: String = "minimize"
  ) throws {
    switch number {
    case .number(let number):
      guard contains(number) else {
        throw GraphError(
          "\(function): \(name) must be \(text), but it is \(number)", at: origin.location)
      }
    case .value(let value):
      guard value.isValid else { throw GraphError(graph.diagnostics) }
      guard value.graph === graph else {
        throw GraphError(
          "\(function): \(name), '\(value.name)', belongs to another graph", at: origin.location)
      }
      guard value.shape.rank ?? 0 == 0, value.dataType.isNumeric else {
        throw GraphError(
          "\(function): \(name) must be a scalar, but it is \(value.type)", at: origin.location)
      }
    }
  }
}
