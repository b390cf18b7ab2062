import GraphIR
import Tensors

/// A variable, as TensorFlow 1 has it.
public struct VariableV2: VariableDeclaration {
  public static let name = "VariableV2"
  public static let summary = "A variable, as TensorFlow 1 has it."
  public static let signature = Signature(
    outputs: [.init("ref", "dtype", variable: .reference)], types: ["dtype": .any])
  public static let attributes: [Attribute<VariableV2>] = declarationAttributes

  public var dataType = DataType.float32
  public var shape = Shape.unknown
  public var container = ""
  public var sharedName = ""

  public init() {}

  public static let samples = [Sample("a matrix", VariableV2(TensorType(.float64, [2, 3])), [])]
}
