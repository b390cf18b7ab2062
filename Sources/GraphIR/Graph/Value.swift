import Tensors

/// A tensor that a graph will compute: one output of one node.
///
/// Values are what operators take and give. A value of a call that was wrong is *invalid*: the
/// graph has recorded what is wrong, whatever is built from the value is invalid too, and making
/// a session throws.
public struct Value: Hashable, Sendable {
  /// The graph that the value belongs to.
  public let graph: Graph
  /// Where in the graph the value comes from; its node is negative for an invalid value.
  public let endpoint: Endpoint

  init(graph: Graph, endpoint: Endpoint) {
    self.graph = graph
    self.endpoint = endpoint
  }

  /// Whether the call that made the value was right.
  public var isValid: Bool { endpoint.node >= 0 }

  /// The type and shape, as far as they are known; `Float32[*]` for an invalid value.
  public var type: TensorType {
    isValid ? graph.snapshot { $0.type(of: endpoint) } : TensorType(.float32, .unknown)
  }

  /// The type of the elements.
  public var dataType: DataType { type.dataType }

  /// The shape, as far as it is known.
  public var shape: Shape { type.shape }

  /// The name in the file: `name`, or `name:1` for a further output.
  public var name: String {
    isValid ? graph.snapshot { $0.name(of: endpoint) } : "(invalid)"
  }

  /// The node that computes the value.
  public var node: GraphNode { GraphNode(graph: graph, index: endpoint.nodeIndex) }

  /// Whether both are the same output of the same node of the same graph.
  public static func == (left: Value, right: Value) -> Bool {
    left.graph === right.graph && left.endpoint == right.endpoint
  }

  /// Feeds the identity of graph and output to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(graph))
    hasher.combine(endpoint)
  }
}

/// A node of a graph that is being built: what a session runs for its effect.
public struct GraphNode: Hashable, Sendable {
  /// The graph that the node belongs to.
  public let graph: Graph
  /// The position in the graph; negative when the call that made it was wrong.
  public let index: Int

  init(graph: Graph, index: Int) {
    self.graph = graph
    self.index = index
  }

  /// Whether the call that made the node was right.
  public var isValid: Bool { index >= 0 }

  /// The name in the file.
  public var name: String { isValid ? graph.snapshot { $0.nodes[index].name } : "(invalid)" }

  /// The outputs in order; a single invalid one when the call was wrong.
  public var outputs: [Value] {
    guard isValid else { return [output] }
    let count = graph.snapshot { $0.nodes[index].outputs.count }
    return (0..<count).map { output($0) }
  }

  /// The first output.
  public var output: Value { output(0) }

  /// One of the outputs; invalid when the node has no output of that number.
  public func output(_ number: Int) -> Value {
    let exists = isValid && graph.snapshot { $0.nodes[index].outputs.indices.contains(number) }
    return Value(
      graph: graph,
      endpoint: exists ? Endpoint(node: index, output: number) : Endpoint(node: -1))
  }

  /// Whether both are the same node of the same graph.
  public static func == (left: GraphNode, right: GraphNode) -> Bool {
    left.graph === right.graph && left.index == right.index
  }

  /// Feeds the identity of graph and node to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(graph))
    hasher.combine(index)
  }
}
