import Tensors

/// Inputs to try an operator with; the automatic tests are made from these.
public struct Sample: Sendable {
  /// What is expected.
  public enum Expectation: Sendable {
    /// A result that agrees with TensorFlow's, and a gradient that agrees with differences.
    case result
    /// A message that the shape rule or the type check promises, without the operator's name.
    case failure(String)
  }

  /// What the sample shows, in a few words.
  public var label: String
  /// The operator with the attributes to try.
  public var operation: any Operator
  /// The inputs, written for `Float64` where the type is variable.
  public var inputs: [Tensor]
  /// What is expected.
  public var expectation: Expectation
  /// Whether the inputs are converted to each type that the operator allows, to be tried in each.
  public var triesEveryType: Bool
  /// Inputs that an expression depends on but that differences must leave alone.
  public var isDifferentiable: Bool

  /// A right call.
  public init(
    _ label: String, _ operation: any Operator, _ inputs: [Tensor], everyType: Bool = true,
    differentiable: Bool = true
  ) {
    self.label = label
    self.operation = operation
    self.inputs = inputs
    expectation = .result
    triesEveryType = everyType
    isDifferentiable = differentiable
  }

  /// A wrong call, and what it is told.
  public init(
    failing label: String, _ operation: any Operator, _ inputs: [Tensor], message: String
  ) {
    self.label = label
    self.operation = operation
    self.inputs = inputs
    expectation = .failure(message)
    triesEveryType = false
    isDifferentiable = false
  }
}

extension Tensor {
  /// A `Float64` tensor of numbers that look random and are the same each time, for samples.
  ///
  /// - Parameters:
  ///   - dimensions: The size of each dimension.
  ///   - range: Where the numbers lie.
  ///   - seed: Another seed gives other numbers.
  public static func sample(
    _ dimensions: [Int], in range: ClosedRange<Double> = -2...2, seed: UInt64 = 1
  ) -> Tensor {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    let count = Shape.elementCount(of: dimensions) ?? 0
    let numbers = (0..<count).map { _ -> Double in
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      bits ^= bits >> 31
      return range.lowerBound
        + (range.upperBound - range.lowerBound) * (Double(bits >> 11) / 9_007_199_254_740_992)
    }
    return try! Tensor(numbers, dimensions: dimensions)
  }
}
