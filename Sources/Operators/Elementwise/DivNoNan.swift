import CKernels
import GraphIR
import Tensors

/// x / y, or 0 where y is 0, elementwise with broadcasting.
public struct DivNoNan: BinaryOperator {
  public static let name = "DivNoNan"
  public static let summary = "x / y, or 0 where y is 0, elementwise with broadcasting."
  static let elementTypes: TypeSet = .floatingPoint

  public init() {}

  // With z = x / y:  ∂z = ∂x / y − z · ∂y / y, and 0 where y is 0.
  public static let gradient = GradientRule.binary(
    { g in divNoNan(g.outputGradient, g.y) }, { g in -(g.outputGradient * divNoNan(g.output, g.y)) }
  )

  static let loops: BinaryLoops = [
    .float32: staticgraph_div_no_nan_float32, .float64: staticgraph_div_no_nan_float64,
  ]

  public static let samples = zeroSamples(DivNoNan(), x: -2...2)
}

/// x / y, or 0 where y is 0, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The quotients, of the broadcast shape.
public func divNoNan(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  DivNoNan.applied(x, y, name, Origin(fileID: fileID, line: line))
}
