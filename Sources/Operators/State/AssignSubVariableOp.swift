import GraphIR
import Tensors

/// Subtracts a value from a variable.
public struct AssignSubVariableOp: VariableAssignment {
  public static let name = "AssignSubVariableOp"
  public static let summary = "Subtracts a value from a variable."
  public static let signature = Signature(
    inputs: [.init("resource", "dtype", variable: .handle), .init("value", "dtype")],
    outputs: [], types: ["dtype": .numeric])
  public static let function: GraphFunction? = nil
  static let change = VariableChange.subtraction

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    _ = try changedShape(request)
    return []
  }

  public static let samples = assignmentSamples(AssignSubVariableOp())
}
