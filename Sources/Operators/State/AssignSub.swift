import GraphIR
import Tensors

/// Subtracts a value from a variable.
public struct AssignSub: VariableAssignment {
  public static let name = "AssignSub"
  public static let summary = "Subtracts a value from a variable."
  public static let signature = Signature(
    inputs: [.init("ref", "T", variable: .reference), .init("value", "T")],
    outputs: [.init("output_ref", "T", variable: .reference)], types: ["T": .numeric])
  public static let attributes: [Attribute<AssignSub>] = [
    .init("use_locking", \.usesLocking, "Kept for TensorFlow.", isArgument: false)
  ]
  public static let function: GraphFunction? = nil
  static let change = VariableChange.subtraction

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try changedShape(request)]
  }

  public static let samples = assignmentSamples(AssignSub())
}
