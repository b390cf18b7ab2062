import CKernels
import GraphIR
import Tensors

/// What is left of x when it is divided by y and rounded down, with broadcasting.
public struct FloorMod: DivisionOperator {
  public static let name = "FloorMod"
  public static let summary =
    "What is left of x when it is divided by y and rounded down, with broadcasting."
  static let elementTypes: TypeSet = [
    .bfloat16, .float16, .float32, .float64, .uint8, .int8, .uint16, .int16, .int32, .uint32,
    .uint64, .int64,
  ]

  public init() {}

  // With z = x − ⌊x / y⌋·y:  ∂z = ∂x − ⌊x / y⌋ · ∂y
  public static let gradient = GradientRule.binary(
    { g in g.outputGradient }, { g in -(g.outputGradient * floorDiv(g.x, g.y)) })

  static let loops: BinaryLoops = [
    .float32: staticgraph_floor_mod_float32, .float64: staticgraph_floor_mod_float64,
    .int32: staticgraph_floor_mod_int32, .int64: staticgraph_floor_mod_int64,
    .uint8: staticgraph_floor_mod_uint8,
  ]

  public static let samples = divisionSamples(FloorMod())
}

/// What is left of x when it is divided by y and rounded down, with broadcasting.
///
/// Running the graph throws where an integer is divided by 0.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Numbers between 0 and y, of the broadcast shape; they have the sign of y.
public func floorMod(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  FloorMod.applied(x, y, name, Origin(fileID: fileID, line: line))
}
