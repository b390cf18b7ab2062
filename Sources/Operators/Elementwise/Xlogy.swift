import CKernels
import GraphIR
import Tensors

/// x · ln y, or 0 where x is 0, elementwise with broadcasting.
public struct Xlogy: BinaryOperator {
  public static let name = "Xlogy"
  public static let summary = "x · ln y, or 0 where x is 0, elementwise with broadcasting."
  static let elementTypes: TypeSet = .floatingPoint

  public init() {}

  // ∂(x·ln y) = ln y · ∂x + x / y · ∂y, and 0 where x is 0.
  public static let gradient = GradientRule.binary(
    { g in g.outputGradient * xlogy(nonzero(g.x), g.y) },
    { g in g.outputGradient * xdivy(g.x, g.y) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_xlogy_float32, .float64: staticgraph_xlogy_float64,
  ]

  public static let samples = zeroSamples(Xlogy(), x: 1...3)
}

/// x · ln y, or 0 where x is 0, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The products, of the broadcast shape; NaN where y is negative and x is not 0.
public func xlogy(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Xlogy.applied(x, y, name, Origin(fileID: fileID, line: line))
}
