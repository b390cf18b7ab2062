import Tensors

/// An operator applied to its inputs.
public struct Node: Sendable {
  /// The name in the file, unique in its graph.
  public var name: String
  /// What is computed.
  public var operation: any Operator
  /// Where the inputs come from.
  public var inputs: [Endpoint]
  /// The nodes that must have run before, for their effect.
  public var controlInputs: [Int32]
  /// What is known of each output.
  public var outputs: [TensorType]
  /// The user's place that made the node.
  public var origin: Origin
  /// What a file says of the node that the operator does not know: device, private attributes.
  public var annotations: NodeAnnotations?

  /// A node as it will stand in a graph.
  public init(
    name: String, operation: any Operator, inputs: [Endpoint] = [], controlInputs: [Int32] = [],
    outputs: [TensorType], origin: Origin = .unknown, annotations: NodeAnnotations? = nil
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.controlInputs = controlInputs
    self.outputs = outputs
    self.origin = origin
    self.annotations = annotations
  }

  /// The operator's wire name.
  public var operatorName: String { operation.wireName }
}

/// What a file says of a node beyond its operator: kept so that it can be written again.
public final class NodeAnnotations: Sendable {
  /// The device that the file asks for; we run on the CPU whatever it says.
  public let device: String
  /// The attributes that the operator does not declare, private ones (`_name`) among them.
  public let attributes: [String: AttributeValue]

  /// A device and attributes.
  public init(device: String = "", attributes: [String: AttributeValue] = [:]) {
    self.device = device
    self.attributes = attributes
  }
}
