import GraphIR
import Tensors

/// Lets a variable have a value.
public struct Assign: VariableAssignment {
  public static let name = "Assign"
  public static let summary = "Lets a variable have a value."
  public static let signature = Signature(
    inputs: [.init("ref", "T", variable: .reference), .init("value", "T")],
    outputs: [.init("output_ref", "T", variable: .reference)], types: ["T": .any])
  public static let attributes: [Attribute<Assign>] = [
    .init(
      "validate_shape", \.validatesShape, "Whether the value must have the variable's shape.",
      isArgument: false),
    .init("use_locking", \.usesLocking, "Kept for TensorFlow.", isArgument: false),
  ]
  public static let function: GraphFunction? = nil
  static let change = VariableChange.assignment

  /// Whether the value must have the variable's shape.
  public var validatesShape = true
  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = true

  var requiresShape: Bool { validatesShape }

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try changedShape(request)]
  }

  public static let samples = assignmentSamples(Assign())
}
