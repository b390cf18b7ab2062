import GraphIR
import Tensors

/// Adds a value to a variable.
public struct AssignAddVariableOp: VariableAssignment {
  public static let name = "AssignAddVariableOp"
  public static let summary = "Adds a value to a variable."
  public static let signature = Signature(
    inputs: [.init("resource", "dtype", variable: .handle), .init("value", "dtype")],
    outputs: [], types: ["dtype": .numeric])
  public static let function: GraphFunction? = nil
  static let change = VariableChange.addition

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    _ = try changedShape(request)
    return []
  }

  public static let samples = assignmentSamples(AssignAddVariableOp())
}
