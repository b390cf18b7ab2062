import CKernels
import GraphIR
import Tensors

/// x / y, or 0 where x is 0, elementwise with broadcasting.
public struct Xdivy: BinaryOperator {
  public static let name = "Xdivy"
  public static let summary = "x / y, or 0 where x is 0, elementwise with broadcasting."
  static let elementTypes: TypeSet = .floatingPoint

  public init() {}

  // With z = x / y:  ∂z = ∂x / y − x / y² · ∂y, and 0 where x is 0.
  public static let gradient = GradientRule.binary(
    { g in g.outputGradient * xdivy(indicatorOfNonzero(g.x), g.y) },
    { g in g.outputGradient * xdivy(-g.x, g.y * g.y) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_xdivy_float32, .float64: staticgraph_xdivy_float64,
  ]

  public static let samples =
    broadcastSamples(Xdivy(), x: 1...3, y: 1...3) + [
      Sample(
        "zeros", Xdivy(), [Tensor([0.0, 1, -1, 0]), Tensor([0.0, 0, 0, 2])], differentiable: false),
      Sample(
        "special numbers", Xdivy(),
        [
          Tensor([Double.nan, 0, .infinity, -.infinity, 1, 0, 1]),
          Tensor([0, Double.nan, 0, 2, .infinity, -.infinity, .nan]),
        ], differentiable: false),
    ]
}

/// x / y, or 0 where x is 0, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The quotients, of the broadcast shape.
public func xdivy(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Xdivy.applied(x, y, name, Origin(fileID: fileID, line: line))
}
