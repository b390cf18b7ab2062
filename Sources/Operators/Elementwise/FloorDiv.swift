import CKernels
import GraphIR
import Tensors

/// x / y rounded down, elementwise with broadcasting.
public struct FloorDiv: DivisionOperator {
  public static let name = "FloorDiv"
  public static let summary = "x / y rounded down, elementwise with broadcasting."
  static let elementTypes: TypeSet = [
    .bfloat16, .float16, .float32, .float64, .uint8, .int8, .uint16, .int16, .int32, .uint32,
    .uint64, .int64,
  ]

  public init() {}

  public static let gradient = GradientRule.none(
    because: "a quotient without its fraction changes in steps, not smoothly")

  static let loops: BinaryLoops = [
    .float32: staticgraph_floor_div_float32, .float64: staticgraph_floor_div_float64,
    .int32: staticgraph_floor_div_int32, .int64: staticgraph_floor_div_int64,
    .uint8: staticgraph_floor_div_uint8,
  ]

  public static let samples = divisionSamples(FloorDiv())
}

/// x / y rounded down, elementwise with broadcasting.
///
/// Running the graph throws where an integer is divided by 0.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Whole quotients, of the broadcast shape.
public func floorDiv(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  FloorDiv.applied(x, y, name, Origin(fileID: fileID, line: line))
}
