import CKernels
import GraphIR
import Tensors

/// x / y under the name that older files give it; new graphs have `RealDiv`.
public struct Div: DivisionOperator {
  public static let name = "Div"
  public static let summary =
    "x / y under the name that older files give it; a quotient of integers drops its fraction."
  static let elementTypes: TypeSet = [
    .bfloat16, .float16, .float32, .float64, .uint8, .int8, .uint16, .int16, .int32, .uint32,
    .uint64, .int64,
  ]
  public static let function: GraphFunction? = nil

  public init() {}

  public static let gradient = RealDiv.gradient

  static let loops: BinaryLoops = RealDiv.loops

  public static let samples = divisionSamples(Div())
}
