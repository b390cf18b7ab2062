import GraphIR
import Operators
import Tensors

/// A function of each element.
public struct Activation: Layer {
  public let identity: LayerIdentity
  private let function: ActivationFunction

  /// A layer that is a function alone.
  public init(
    _ function: ActivationFunction, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.function = function
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try function.applied(to: inputs[0])
  }
}

/// max(x, 0), or what lies between other bounds.
public struct ReLU: Layer {
  public let identity: LayerIdentity
  private let maxValue: Double?
  private let negativeSlope: Double
  private let threshold: Double

  /// A rectifier.
  ///
  /// - Parameters:
  ///   - maxValue: What larger elements become.
  ///   - negativeSlope: The factor of what lies below the threshold.
  ///   - threshold: Where elements begin to pass.
  public init(
    maxValue: Double? = nil, negativeSlope: Double = 0, threshold: Double = 0,
    name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.maxValue = maxValue
    self.negativeSlope = negativeSlope
    self.threshold = threshold
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let x = inputs[0]
    try x.type.requireFloatingPoint()
    var result: Value
    if threshold == 0 {
      result = negativeSlope == 0 ? relu(x) : leakyRelu(x, alpha: Float(negativeSlope))
    } else {
      result = select(x .> threshold, x, (x - threshold) * negativeSlope)
    }
    if let maxValue { result = minimum(result, maxValue) }
    return result
  }
}

/// x, or slope · x below 0.
public struct LeakyReLU: Layer {
  public let identity: LayerIdentity
  private let negativeSlope: Double

  /// A leaking rectifier.
  public init(
    negativeSlope: Double = 0.3, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.negativeSlope = negativeSlope
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try ActivationFunction.leakyRelu(negativeSlope: negativeSlope).applied(to: inputs[0])
  }
}

/// x, or alpha · (eˣ − 1) below 0.
public struct ELU: Layer {
  public let identity: LayerIdentity
  private let alpha: Double

  /// An exponential linear unit.
  public init(
    alpha: Double = 1, name: String? = nil, fileID: String = #fileID, line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.alpha = alpha
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try ActivationFunction.elu(alpha: alpha).applied(to: inputs[0])
  }
}

/// eˣ, divided by the sum along the last axis.
public struct Softmax: Layer {
  public let identity: LayerIdentity

  /// Probabilities of scores.
  public init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    try ActivationFunction.softmax.applied(to: inputs[0])
  }
}

/// x, or alpha · x below 0, where each element of an example has an alpha that is learnt.
///
/// Weights: `alpha`, of the sizes of one example.
public struct PReLU: Layer {
  public let identity: LayerIdentity
  private let alphaInitializer: WeightInitializer

  /// A leaking rectifier whose slopes are learnt.
  public init(
    alphaInitializer: WeightInitializer = .zeros, name: String? = nil, fileID: String = #fileID,
    line: Int = #line
  ) {
    identity = LayerIdentity(name: name, fileID: fileID, line: line)
    self.alphaInitializer = alphaInitializer
  }

  public func weights(for inputs: [TensorType]) throws -> [LayerWeight] {
    [LayerWeight("alpha", try inputs[0].exampleSizes(), alphaInitializer)]
  }

  public func output(for inputs: [Value], _ call: LayerCall) throws -> Value {
    let x = inputs[0]
    try x.type.requireFloatingPoint()
    return relu(x) - call["alpha"] * relu(-x)
  }
}
