import CKernels
import GraphIR
import Tensors

/// (x − y)², elementwise with broadcasting.
public struct SquaredDifference: BinaryOperator {
  public static let name = "SquaredDifference"
  public static let summary = "(x − y)², elementwise with broadcasting."
  static let elementTypes: TypeSet = [.bfloat16, .float16, .float32, .float64, .int32, .int64]

  public init() {}

  // ∂(x − y)² = 2·(x − y)·(∂x − ∂y)
  public static let gradient = GradientRule.binary(
    { g in 2 * g.outputGradient * (g.x - g.y) }, { g in 2 * g.outputGradient * (g.y - g.x) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_squared_difference_float32,
    .float64: staticgraph_squared_difference_float64, .int32: staticgraph_squared_difference_int32,
    .int64: staticgraph_squared_difference_int64,
  ]

  public static let samples = broadcastSamples(SquaredDifference())
}

/// (x − y)², elementwise with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: The squares, of the broadcast shape.
public func squaredDifference(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  SquaredDifference.applied(x, y, name, Origin(fileID: fileID, line: line))
}
