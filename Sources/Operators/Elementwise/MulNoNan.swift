import CKernels
import GraphIR
import Tensors

/// x · y, or 0 where y is 0, even where x is infinite or NaN; with broadcasting.
public struct MulNoNan: BinaryOperator {
  public static let name = "MulNoNan"
  public static let summary =
    "x · y, or 0 where y is 0, even where x is infinite or NaN; with broadcasting."
  static let elementTypes: TypeSet = .floatingPoint

  public init() {}

  // ∂z = y · ∂x + x · ∂y
  public static let gradient = GradientRule.binary(
    { g in mulNoNan(g.outputGradient, g.y) }, { g in mulNoNan(g.x, g.outputGradient) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_mul_no_nan_float32, .float64: staticgraph_mul_no_nan_float64,
  ]

  public static let samples = zeroSamples(MulNoNan(), x: -2...2)
}

/// x · y, or 0 where y is 0, even where x is infinite or NaN; with broadcasting.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The products, of the broadcast shape.
public func mulNoNan(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  MulNoNan.applied(x, y, name, Origin(fileID: fileID, line: line))
}
