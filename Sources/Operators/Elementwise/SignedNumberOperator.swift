import GraphIR
import Tensors

/// An elementwise operator on signed numbers.
public protocol SignedNumberOperator: Operator {}

extension SignedNumberOperator {
  /// Signed numbers in and out.
  static var signedNumberSignature: Signature {
    Signature(
      inputs: [.init("x", "T")], outputs: [.init("y", "T")],
      types: ["T": [.bfloat16, .float16, .float32, .float64, .int8, .int16, .int32, .int64]])
  }

  /// Each result depends on one element.
  public static var traits: OperatorTraits { .elementwise }

  /// The input's shape.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }
}

/// What every such operator is tried with.
@_optimize(none)
func signedNumberSamples(_ operation: some SignedNumberOperator) -> [Sample] {
  unarySamples(operation) + [
    Sample(
      "special numbers", operation, [Tensor([Double.nan, -.infinity, .infinity, 0, -0.0])],
      everyType: false, differentiable: false),
    Sample(
      "the smallest integer", operation, [Tensor([Int32.min, .max, 0])], everyType: false,
      differentiable: false),
  ]
}
