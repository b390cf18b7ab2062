import GraphIR
import Tensors

/// An operator that asks of each floating-point number what kind of number it is.
public protocol NumberTest: Operator {}

extension NumberTest {
  /// Floating-point numbers in, truth values out.
  static var numberTestSignature: Signature {
    Signature(
      inputs: [.init("x", "T")], outputs: [.init("y", .fixed(.bool))],
      types: ["T": .floatingPoint])
  }

  /// Each result depends on one element.
  public static var traits: OperatorTraits { .elementwise }

  /// None.
  public static var gradient: GradientRule {
    .none(because: "a truth value does not change smoothly with the number")
  }

  /// The input's shape.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }
}

/// What every such operator is tried with.
@_optimize(none)
func numberTestSamples(_ operation: some NumberTest) -> [Sample] {
  unarySamples(operation) + [
    Sample(
      "special numbers", operation,
      [Tensor([Double.nan, -.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, 1e308])],
      differentiable: false)
  ]
}
