import GraphIR
import Tensors

extension GraphFile {
  /// The version of TensorFlow's graphs that new files are written in.
  ///
  /// TensorFlow takes any producer, also one newer than itself.
  public static let currentProducer: Int32 = 2474

  /// The records of a graph, as a file stores them.
  ///
  /// Equal graphs give equal records, and so equal bytes. What a file may leave out is written
  /// out: attributes that have their default values, and the types and counts that the inputs
  /// tell. Nodes stand in the order of the graph, and the first output of a node is named without
  /// its `:0`. The interface stands in the signature and, for files that TensorFlow writes again,
  /// in the attributes `_staticgraph_outputs`, `_staticgraph_targets` and
  /// `_staticgraph_parameters` of the nodes that it speaks of.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - source: The file that the graph was read from, for what a graph has no place for: the
  ///     library of functions, versions, whole traces of calls, and what the nodes were made from.
  ///     A producer up to 21 becomes 22 where the graph has a scalar placeholder, which such
  ///     files cannot say.
  ///   - resolvesAddresses: Whether places in a program that are known as addresses only are
  ///     looked up, which takes milliseconds for each. Without it those nodes have no place.
  /// - Throws: `GraphError` for a graph that does not hold together, as one whose inputs do not
  ///   exist.
  public init(
    _ graph: FrozenGraph, keeping source: GraphFile? = nil, resolvesAddresses: Bool = false
  ) throws {
    try Self.checkEdges(of: graph)
    var writer = NodeWriter(graph)
    self.init(nodes: try graph.nodes.indices.map { try writer.record(at: $0) })
    var origins = OriginWriter(keeping: source?.debugInfo, resolvesAddresses: resolvesAddresses)
    debugInfo = origins.debugInfo(of: graph)
    signature = Self.signature(of: graph, source)
    versions = Self.versions(of: graph, source)
    guard let source else { return }
    legacyProducer = source.legacyProducer
    library = source.library
    keepOriginalNames(of: source)
    if nodes == source.nodes { planSummary = source.planSummary }
  }

  /// Nodes of the same name and operator are taken to be the same.
  private mutating func keepOriginalNames(of source: GraphFile) {
    var origins: [String: NodeRecord] = [:]
    for node in source.nodes
    where !node.originalNames.isEmpty || !node.originalFunctions.isEmpty {
      origins[node.name] = node
    }
    if origins.isEmpty { return }
    for position in nodes.indices {
      guard let node = origins[nodes[position].name], node.op == nodes[position].op else {
        continue
      }
      nodes[position].originalNames = node.originalNames
      nodes[position].originalFunctions = node.originalFunctions
    }
  }

  private static func versions(of graph: FrozenGraph, _ source: GraphFile?) -> VersionsRecord? {
    guard let source else { return VersionsRecord(producer: currentProducer) }
    let producer = source.versions?.producer ?? source.legacyProducer
    let hasScalarPlaceholder = graph.nodes.contains { node in
      node.operatorName == "Placeholder" && node.outputs.first?.shape == .scalar
    }
    guard producer <= 21, hasScalarPlaceholder else { return source.versions }
    var versions = source.versions ?? VersionsRecord(producer: 22)
    versions.producer = 22
    return versions
  }

  private static func signature(of graph: FrozenGraph, _ source: GraphFile?) -> SignatureRecord? {
    let interface = graph.interface
    // A file of another program that declared nothing stays one that declares nothing.
    if interface == GraphInterface(), let source, source.signature == nil { return nil }
    return SignatureRecord(
      feeds: graph.nodes.filter(\.isFed).map { node in
        .init(name: node.name, node: node.name, type: node.outputs[0])
      },
      outputs: interface.outputs.map { output in
        .init(
          name: output.name, node: graph.nodes[output.endpoint.nodeIndex].name,
          output: output.endpoint.outputIndex, type: graph.type(of: output.endpoint))
      },
      targets: interface.targets.map { .init(name: $0.name, node: graph.nodes[$0.node].name) },
      parameters: interface.parameters.map { .init(name: $0.name, value: $0.value) })
  }

  private static func checkEdges(of graph: FrozenGraph) throws {
    func exists(_ endpoint: Endpoint) -> Bool {
      graph.nodes.indices.contains(endpoint.nodeIndex)
        && graph.nodes[endpoint.nodeIndex].outputs.indices.contains(endpoint.outputIndex)
    }
    for node in graph.nodes {
      guard node.inputs.allSatisfy(exists),
        node.controlInputs.allSatisfy({ graph.nodes.indices.contains(Int($0)) })
      else {
        throw GraphError(
          "node '\(node.name)' (\(node.operatorName)): an input does not begin at a node's output",
          at: node.origin.location)
      }
    }
    for output in graph.interface.outputs where !exists(output.endpoint) {
      throw GraphError("the declared output '\(output.name)' does not exist")
    }
    for target in graph.interface.targets where !graph.nodes.indices.contains(target.node) {
      throw GraphError("the declared target '\(target.name)' does not exist")
    }
  }
}

extension Node {
  /// Whether whoever runs the graph feeds the node.
  var isFed: Bool { type(of: operation).traits.contains(.fed) && !outputs.isEmpty }
}
