import Tensors

/// An operator applied to its inputs.
///
/// A value: a changed copy leaves the original alone. Copies share memory until one changes, so
/// that passes hand on the nodes that they keep at no cost.
public struct Node: Sendable {
  @usableFromInline
  final class Storage: @unchecked Sendable {
    @usableFromInline var name: String
    @usableFromInline var operation: any Operator
    @usableFromInline var inputs: [Endpoint]
    @usableFromInline var controlInputs: [Int32]
    @usableFromInline var outputs: [TensorType]
    @usableFromInline var origin: Origin
    @usableFromInline var annotations: NodeAnnotations?

    init(
      _ name: String, _ operation: any Operator, _ inputs: [Endpoint], _ controlInputs: [Int32],
      _ outputs: [TensorType], _ origin: Origin, _ annotations: NodeAnnotations?
    ) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      self.controlInputs = controlInputs
      self.outputs = outputs
      self.origin = origin
      self.annotations = annotations
    }

    @usableFromInline
    func copy() -> Storage {
      Storage(name, operation, inputs, controlInputs, outputs, origin, annotations)
    }
  }

  // Written only while one node alone holds it, which is what makes sharing it safe.
  @usableFromInline var storage: Storage

  /// A node as it will stand in a graph.
  public init(
    name: String, operation: any Operator, inputs: [Endpoint] = [], controlInputs: [Int32] = [],
    outputs: [TensorType], origin: Origin = .unknown, annotations: NodeAnnotations? = nil
  ) {
    storage = Storage(name, operation, inputs, controlInputs, outputs, origin, annotations)
  }

  @inlinable
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }

  /// The name in the file, unique in its graph.
  @inlinable public var name: String {
    _read { yield storage.name }
    _modify {
      makeUnique()
      yield &storage.name
    }
  }

  /// What is computed.
  @inlinable public var operation: any Operator {
    _read { yield storage.operation }
    _modify {
      makeUnique()
      yield &storage.operation
    }
  }

  /// Where the inputs come from.
  @inlinable public var inputs: [Endpoint] {
    _read { yield storage.inputs }
    _modify {
      makeUnique()
      yield &storage.inputs
    }
  }

  /// The nodes that must have run before, for their effect.
  @inlinable public var controlInputs: [Int32] {
    _read { yield storage.controlInputs }
    _modify {
      makeUnique()
      yield &storage.controlInputs
    }
  }

  /// What is known of each output.
  @inlinable public var outputs: [TensorType] {
    _read { yield storage.outputs }
    _modify {
      makeUnique()
      yield &storage.outputs
    }
  }

  /// The user's place that made the node.
  @inlinable public var origin: Origin {
    _read { yield storage.origin }
    _modify {
      makeUnique()
      yield &storage.origin
    }
  }

  /// What a file says of the node that the operator does not know: device, private attributes.
  @inlinable public var annotations: NodeAnnotations? {
    _read { yield storage.annotations }
    _modify {
      makeUnique()
      yield &storage.annotations
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
