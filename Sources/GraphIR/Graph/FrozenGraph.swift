import Tensors

/// A graph that does not change any more: what passes, plans and files work on.
///
/// Nodes stand in an order in which each comes after those that it depends on, so that one loop
/// over `nodes` replaces every walk.
public struct FrozenGraph: Sendable {
  /// The nodes, each after those that it depends on.
  public var nodes: [Node]
  /// What the graph offers to those who run it.
  public var interface: GraphInterface
  /// What the graph may ask for.
  public var limits: GraphLimits
  /// How many of the nodes differentiation has appended.
  public internal(set) var derivedNodeCount = 0

  /// A graph of nodes that stand in order.
  public init(
    nodes: [Node] = [], interface: GraphInterface = GraphInterface(),
    limits: GraphLimits = GraphLimits()
  ) {
    self.nodes = nodes
    self.interface = interface
    self.limits = limits
  }

  /// What is known of a value.
  @inlinable
  public func type(of endpoint: Endpoint) -> TensorType {
    nodes[endpoint.nodeIndex].outputs[endpoint.outputIndex]
  }

  /// The value as files and messages write it: `name`, or `name:1` for a further output.
  public func name(of endpoint: Endpoint) -> String {
    let name = nodes[endpoint.nodeIndex].name
    return endpoint.output == 0 ? name : "\(name):\(endpoint.output)"
  }

  /// The value of a node that is a constant.
  public func constant(_ endpoint: Endpoint) -> Tensor? {
    nodes[endpoint.nodeIndex].operation.constantValue
  }

  /// What is known of the sizes that an integer vector holds, as a shape rule may ask.
  public func sizes(_ endpoint: Endpoint) -> Shape? {
    let node = nodes[endpoint.nodeIndex]
    if let constant = node.operation.constantValue { return Shape(sizesIn: constant) }
    if type(of: node.operation).traits.contains(.givesShapeOfInput), node.inputs.count == 1 {
      return type(of: node.inputs[0]).shape
    }
    return nil
  }

  private func type(of operation: any Operator) -> any Operator.Type {
    Swift.type(of: operation)
  }
}

extension Shape {
  /// The shape whose sizes an integer vector holds, −1 for an unknown one; `nil` for any other
  /// tensor.
  init?(sizesIn tensor: Tensor) {
    guard tensor.rank == 1, let sizes = tensor.integers, sizes.allSatisfy({ $0 >= -1 }) else {
      return nil
    }
    self.init(dimensions: sizes.map { $0 < 0 ? nil : $0 })
  }
}

extension Tensor {
  /// The elements of a tensor of `Int8` to `Int64`, or of truth values as 0 and 1; `nil` for any
  /// other type.
  public var integers: [Int]? {
    switch dataType {
    case .int8: (try? elements(as: Int8.self))?.map(Int.init)
    case .int16: (try? elements(as: Int16.self))?.map(Int.init)
    case .int32: (try? elements(as: Int32.self))?.map(Int.init)
    case .int64: (try? elements(as: Int64.self))?.map(Int.init)
    case .bool: (try? elements(as: Bool.self))?.map { $0 ? 1 : 0 }
    default: nil
    }
  }
}
