import CKernels
import GraphIR
import Tensors

/// What is left of x when it is divided by y and rounded toward zero, with broadcasting.
public struct TruncateMod: DivisionOperator {
  public static let name = "TruncateMod"
  public static let summary =
    "What is left of x when it is divided by y and rounded toward zero, with broadcasting."
  static let elementTypes: TypeSet = [.int32, .int64, .bfloat16, .float16, .float32, .float64]

  public init() {}

  // With z = x − trunc(x / y)·y:  ∂z = ∂x − trunc(x / y) · ∂y
  public static let gradient = GradientRule.binary(
    { g in g.outputGradient }, { g in -(g.outputGradient * truncateDiv(g.x, g.y)) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_truncate_mod_float32, .float64: staticgraph_truncate_mod_float64,
    .int32: staticgraph_truncate_mod_int32, .int64: staticgraph_truncate_mod_int64,
  ]

  public static let samples = divisionSamples(TruncateMod())
}

/// What is left of x when it is divided by y and rounded toward zero, with broadcasting.
///
/// Running the graph throws where an integer is divided by 0.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Numbers smaller than y, of the broadcast shape; they have the sign of x.
public func truncateMod(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  TruncateMod.applied(x, y, name, Origin(fileID: fileID, line: line))
}
