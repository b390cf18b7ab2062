import GraphIR
import Tensors

/// Lets a variable have a value.
public struct AssignVariableOp: VariableAssignment {
  public static let name = "AssignVariableOp"
  public static let summary = "Lets a variable have a value."
  public static let signature = Signature(
    inputs: [.init("resource", "dtype", variable: .handle), .init("value", "dtype")],
    outputs: [], types: ["dtype": .any])
  public static let attributes: [Attribute<AssignVariableOp>] = [
    .init(
      "validate_shape", \.validatesShape, "Whether the value must have the variable's shape.",
      isArgument: false)
  ]
  public static let function: GraphFunction? = nil
  static let change = VariableChange.assignment

  /// Kept for TensorFlow: the value must have the variable's stated shape in any case.
  public var validatesShape = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    _ = try changedShape(request)
    return []
  }

  public static let samples = assignmentSamples(AssignVariableOp())
}
