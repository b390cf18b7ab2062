import GraphIR
import Tensors

/// A variable, named by a handle.
public struct VarHandleOp: VariableDeclaration {
  public static let name = "VarHandleOp"
  public static let summary = "A variable, named by a handle."
  public static let signature = Signature(
    outputs: [.init("resource", "dtype", variable: .handle)], types: ["dtype": .any])
  public static let attributes: [Attribute<VarHandleOp>] = declarationAttributes

  public var dataType = DataType.float32
  public var shape = Shape.unknown
  public var container = ""
  public var sharedName = ""

  public init() {}

  public static let samples = [Sample("a matrix", VarHandleOp(TensorType(.float64, [2, 3])), [])]
}
