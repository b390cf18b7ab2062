import GraphIR
import Tensors

/// An operator that rounds each number to an integer.
public protocol Rounding: Operator {}

extension Rounding {
  /// Floating-point numbers in and out.
  static var roundingSignature: Signature {
    Signature(inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .floatingPoint])
  }

  /// Each result depends on one element.
  public static var traits: OperatorTraits { .elementwise }

  /// None.
  public static var gradient: GradientRule {
    .none(because: "an integer does not change smoothly with the number that is rounded to it")
  }

  /// The input's shape.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }
}

/// What every such operator is tried with.
@_optimize(none)
func roundingSamples(_ operation: some Rounding) -> [Sample] {
  unarySamples(operation) + [
    Sample(
      "ties and special numbers", operation,
      [
        Tensor([
          0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.2, -0.2, -0.0, 8_388_609, 1e300, .infinity,
          -.infinity, .nan,
        ])
      ], everyType: false, differentiable: false)
  ]
}
