import Tensors

/// An operator applied to its inputs.
///
/// A value: a changed copy leaves the original alone. Copies share memory, so that passes hand on
/// the nodes that they keep at no cost.
public struct Node: Sendable {
  @usableFromInline
  final class Storage: Sendable {
    @usableFromInline let name: String
    @usableFromInline let operation: any Operator
    @usableFromInline let inputs: [Endpoint]
    @usableFromInline let controlInputs: [Int32]
    @usableFromInline let outputs: [TensorType]
    @usableFromInline let origin: Origin
    @usableFromInline let annotations: NodeAnnotations?

    init(
      name: String,
      operation: any Operator,
      inputs: [Endpoint],
      controlInputs: [Int32],
      outputs: [TensorType],
      origin: Origin,
      annotations: NodeAnnotations?
    ) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      self.controlInputs = controlInputs
      self.outputs = outputs
      self.origin = origin
      self.annotations = annotations
    }
  }

  @usableFromInline var storage: Storage

  /// A node as it will stand in a graph.
  public init(
    name: String, operation: any Operator, inputs: [Endpoint] = [], controlInputs: [Int32] = [],
    outputs: [TensorType], origin: Origin = .unknown, annotations: NodeAnnotations? = nil
  ) {
    storage = Storage(
      name: name, operation: operation, inputs: inputs, controlInputs: controlInputs,
      outputs: outputs, origin: origin, annotations: annotations)
  }

  /// The name in the file, unique in its graph.
  public var name: String {
    @inlinable get { storage.name }
    set {
      self = Node(
        name: newValue, operation: operation, inputs: inputs, controlInputs: controlInputs,
        outputs: outputs, origin: origin, annotations: annotations)
    }
  }

  /// What is computed.
  public var operation: any Operator {
    @inlinable get { storage.operation }
    set {
      self = Node(
        name: name, operation: newValue, inputs: inputs, controlInputs: controlInputs,
        outputs: outputs, origin: origin, annotations: annotations)
    }
  }

  /// Where the inputs come from.
  public var inputs: [Endpoint] {
    @inlinable get { storage.inputs }
    set {
      self = Node(
        name: name, operation: operation, inputs: newValue, controlInputs: controlInputs,
        outputs: outputs, origin: origin, annotations: annotations)
    }
  }

  /// The nodes that must have run before, for their effect.
  public var controlInputs: [Int32] {
    @inlinable get { storage.controlInputs }
    set {
      self = Node(
        name: name, operation: operation, inputs: inputs, controlInputs: newValue,
        outputs: outputs, origin: origin, annotations: annotations)
    }
  }

  /// What is known of each output.
  public var outputs: [TensorType] {
    @inlinable get { storage.outputs }
    set {
      self = Node(
        name: name, operation: operation, inputs: inputs, controlInputs: controlInputs,
        outputs: newValue, origin: origin, annotations: annotations)
    }
  }

  /// The user's place that made the node.
  public var origin: Origin {
    @inlinable get { storage.origin }
    set {
      self = Node(
        name: name, operation: operation, inputs: inputs, controlInputs: controlInputs,
        outputs: outputs, origin: newValue, annotations: annotations)
    }
  }

  /// What a file says of the node that the operator does not know: device, private attributes.
  public var annotations: NodeAnnotations? {
    @inlinable get { storage.annotations }
    set {
      self = Node(
        name: name, operation: operation, inputs: inputs, controlInputs: controlInputs,
        outputs: outputs, origin: origin, annotations: newValue)
    }
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
