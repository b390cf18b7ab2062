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
    { g in g.outputGradient * xdivy(nonzero(g.x), g.y) },
    { g in g.outputGradient * xdivy(-g.x, g.y * g.y) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_xdivy_float32, .float64: staticgraph_xdivy_float64,
  ]

  public static let samples = zeroSamples(Xdivy(), x: 1...3)
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
