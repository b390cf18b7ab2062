import CKernels
import GraphIR
import Tensors

/// The angle of each point (x, y), in radians, with broadcasting.
public struct Atan2: BinaryOperator {
  public static let name = "Atan2"
  public static let summary = "The angle of each point (x, y), in radians, with broadcasting."
  static let elementTypes: TypeSet = .floatingPoint
  public static let signature = binarySignature(elementTypes, "y", "x")

  public init() {}

  // ∂z = (x · ∂y − y · ∂x) / (x² + y²); y is the first input.
  public static let gradient = GradientRule.binary(
    { g in g.y * (g.outputGradient / (g.x * g.x + g.y * g.y)) },
    { g in -g.x * (g.outputGradient / (g.x * g.x + g.y * g.y)) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_atan2_float32, .float64: staticgraph_atan2_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    broadcastSamples(Atan2(), x: 1...2) + [
      Sample(
        "all quadrants", Atan2(),
        [Tensor([1.0, 1, -1, -1, 2, -3]), Tensor([1.0, -1, 1, -1, 0.5, 2])]),
      Sample(
        "special numbers", Atan2(),
        [
          Tensor([0.0, -0.0, 0, 1, .infinity, -.infinity, .nan]),
          Tensor([0.0, -1, -1, 0, .infinity, -.infinity, 1]),
        ], differentiable: false),
    ]
  }
}

/// The angle of each point (x, y), in radians, with broadcasting.
///
/// - Parameters:
///   - y: The second coordinates, floating-point numbers.
///   - x: The first coordinates, of the same type, of a shape that broadcasts with that of `y`.
/// - Returns: Angles between −π and π, of the broadcast shape.
public func atan2(
  _ y: Value, _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Atan2.applied(y, x, name, Origin(fileID: fileID, line: line))
}
