import GraphIR
import Tensors

/// Adds a value to a variable.
public struct AssignAdd: VariableAssignment {
  public static let name = "AssignAdd"
  public static let summary = "Adds a value to a variable."
  public static let signature = Signature(
    inputs: [.init("ref", "T", variable: .reference), .init("value", "T")],
    outputs: [.init("output_ref", "T", variable: .reference)], types: ["T": .numeric])
  public static let attributes: [Attribute<AssignAdd>] = [
    .init("use_locking", \.usesLocking, "Kept for TensorFlow.", isArgument: false)
  ]
  public static let function: GraphFunction? = nil
  static let change = VariableChange.addition

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try changedShape(request)]
  }

  public static let samples = assignmentSamples(AssignAdd())
}
