import GraphIR
import Tensors

/// An elementwise operator with one input.
///
/// What all of them share stands here; each adds its name, its gradient and its loops, and its
/// signature where that is not the usual one.
protocol UnaryOperator: Operator {
  /// The inner loop for each type that is computed.
  static var loops: UnaryLoops { get }
}

extension UnaryOperator {
  public static var signature: Signature { .unary }
  public static var traits: OperatorTraits { .elementwise }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(request, Self.loops)
  }
}

extension Signature {
  /// Floating-point numbers x to y.
  static let unary = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .floatingPoint])
  /// Signed numbers x to y.
  static let signedUnary = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .signed])
  /// Features to activations, of floating-point numbers.
  static let activation = activation(.floatingPoint)

  /// Features to activations.
  static func activation(_ types: TypeSet) -> Signature {
    Signature(
      inputs: [.init("features", "T")], outputs: [.init("activations", "T")], types: ["T": types])
  }
}

extension TypeSet {
  /// Integers with a sign and floating-point types.
  static let signed: TypeSet = [
    .bfloat16, .float16, .float32, .float64, .int8, .int16, .int32, .int64,
  ]
}

/// A sample of NaN, infinities and zeros of both signs, or of other numbers.
func specialNumbers(
  _ operation: any Operator, _ numbers: [Double] = [.nan, -.infinity, .infinity, 0, -0.0]
) -> Sample {
  Sample(
    "special numbers", operation, [Tensor(numbers)], everyType: false, differentiable: false)
}

/// What an operator is tried with that takes integers in files but computes none.
@_optimize(none)
func floatingPointSamples(
  _ operation: any Operator, in range: ClosedRange<Double>
) -> [Sample] {
  unarySamples(operation, in: range).map { sample in
    var sample = sample
    sample.triesEveryType = false
    return sample
  } + [
    Sample(
      "a matrix of Float32", operation,
      [try! Tensor.sample([3, 5], in: range).converted(to: .float32)], differentiable: false)
  ]
}
