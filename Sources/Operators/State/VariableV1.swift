import GraphIR
import Tensors

/// A variable, as the first TensorFlow had it.
public struct VariableV1: VariableDeclaration {
  public static let name = "Variable"
  public static let summary = "A variable, as the first TensorFlow had it."
  public static let signature = Signature(
    outputs: [.init("ref", "dtype", variable: .reference)], types: ["dtype": .any])
  public static let attributes: [Attribute<VariableV1>] = declarationAttributes

  public var dataType = DataType.float32
  public var shape = Shape.unknown
  public var container = ""
  public var sharedName = ""

  public init() {}

  public static let samples = [Sample("a matrix", VariableV1(TensorType(.float64, [2, 3])), [])]
}
