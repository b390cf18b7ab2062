import GraphIR
import Tensors

/// How variables are changed so that a loss becomes smaller.
///
/// ```swift
/// let train = try graph.minimize(loss, by: .adam(learningRate: 0.001))
/// ```
public enum Optimizer: Sendable {
  /// variable −= learningRate · gradient.
  case gradientDescent(learningRate: OptimizerNumber)
  /// Gradient descent along a running sum of gradients (Polyak 1964), or Nesterov's form of it.
  case momentum(
    learningRate: OptimizerNumber, momentum: OptimizerNumber = 0.9, nesterov: Bool = false)
  /// Steps scaled by running moments of the gradient (Kingma and Ba 2015).
  case adam(
    learningRate: OptimizerNumber = 0.001, beta1: OptimizerNumber = 0.9,
    beta2: OptimizerNumber = 0.999, epsilon: OptimizerNumber = 1e-8)
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
