import CKernels
import GraphIR
import Tensors

/// What is left of x / y, under the name that older files give it; new graphs have `TruncateMod`.
public struct Mod: DivisionOperator {
  public static let name = "Mod"
  public static let summary =
    "The remainder of x / y rounded toward zero, under the name that older files give it."
  static let elementTypes: TypeSet = [.int32, .int64, .float16, .bfloat16, .float32, .float64]
  public static let function: GraphFunction? = nil

  public init() {}

  public static let gradient = TruncateMod.gradient

  static let loops: BinaryLoops = TruncateMod.loops

  public static let samples = divisionSamples(Mod())
}
