import GraphIR
import Operators
import Tensors

/// A function of each element, as layers apply to their sums; names and numbers are Keras'.
public enum ActivationFunction: Sendable {
  /// x.
  case linear
  /// max(x, 0).
  case relu
  /// min(max(x, 0), 6).
  case relu6
  /// x, or slope · x below 0.
  case leakyRelu(negativeSlope: Double = 0.2)
  /// x, or alpha · (eˣ − 1) below 0.
  case elu(alpha: Double = 1)
  /// elu, scaled so that it keeps mean 0 and variance 1.
  case selu
  /// x · Φ(x), or its form with the hyperbolic tangent.
  case gelu(approximate: Bool = false)
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// Operators.relu6(x + 3) / 6.
  case hardSigmoid
  /// The hyperbolic tangent.
  case tanh
  /// eˣ, divided by the sum along the last axis.
  case softmax
  /// The logarithm of softmax.
  case logSoftmax
  /// log(1 + eˣ).
  case softplus
  /// x / (1 + |x|).
  case softsign
  /// x · sigmoid(x).
  case silu
  /// x · hardSigmoid(x).
  case hardSilu
  /// x · tanh(softplus(x)).
  case mish
  /// eˣ.
  case exponential
  /// A function of one's own.
  case custom(@Sendable (Value) -> Value)

  /// x · sigmoid(x), under its other name.
  public static let swish = ActivationFunction.silu
  /// x · hardSigmoid(x), under its other name.
  public static let hardSwish = ActivationFunction.hardSilu

  /// The function of a value.
  ///
  /// - Throws: `ShapeError` when the numbers are no floating-point numbers.
  public func applied(to x: Value) throws -> Value {
    if case .linear = self { return x }
    if x.isValid { try x.type.requireFloatingPoint() }
    return switch self {
    case .linear: x
    case .relu: Operators.relu(x)
    case .relu6: Operators.relu6(x)
    case .leakyRelu(let slope): Operators.leakyRelu(x, alpha: Float(slope))
    case .elu(let alpha):
      alpha == 1 ? Operators.elu(x) : select(x .> 0, x, Operators.elu(x) * alpha)
    case .selu: Operators.selu(x)
    case .gelu(let approximate):
      approximate
        ? 0.5 * x * (1 + Operators.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))
        : 0.5 * x * (1 + erf(x * 0.7071067811865476))
    case .sigmoid: Operators.sigmoid(x)
    case .hardSigmoid: Operators.relu6(x + 3) * (1.0 / 6.0)
    case .tanh: Operators.tanh(x)
    case .softmax: Operators.softmax(x)
    case .logSoftmax: Operators.logSoftmax(x)
    case .softplus: Operators.softplus(x)
    case .softsign: Operators.softsign(x)
    case .silu: x * Operators.sigmoid(x)
    case .hardSilu: x * Operators.relu6(x + 3) * (1.0 / 6.0)
    case .mish: x * Operators.tanh(Operators.softplus(x))
    case .exponential: exp(x)
    case .custom(let function): function(x)
    }
  }
}
