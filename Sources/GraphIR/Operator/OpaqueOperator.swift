import Tensors

/// An operator of a file that this engine does not know: shown, kept and written, never run.
public struct OpaqueOperator: Operator {
  public static let name = "(unknown operator)"
  public static let summary = "An operator that this engine does not know."
  public static let signature = Signature(outputs: [])
  public static let function: GraphFunction? = nil
  public static let traits: OperatorTraits = .hasEffect
  public static let gradient = GradientRule.none(because: "this engine does not know the operator")
  public static let samples: [Sample] = []

  /// The wire name.
  public var wireName = ""
  /// The attributes as the file stores them.
  public var storedAttributes: [String: AttributeValue] = [:]

  public init() {}

  /// An operator of that wire name.
  public init(wireName: String, attributes: [String: AttributeValue]) {
    self.wireName = wireName
    storedAttributes = attributes
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { [] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    throw GraphError("the operator \(wireName) is not known here")
  }
}
