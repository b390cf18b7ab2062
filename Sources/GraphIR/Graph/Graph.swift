import Synchronization
import Tensors

/// A graph under construction, to which operators append.
///
/// ```swift
/// let graph = Graph()
/// let x = graph.placeholder("x", Float64.self)
/// let y = 2 * x * sin(.pi * x)
/// ```
/// Nothing is computed here. A session takes a frozen copy, so that adding to a graph never
/// disturbs what runs. A call that is wrong is recorded with its place and gives an invalid
/// value; whoever compiles the graph is told of all such calls.
///
/// A graph may be used from several threads; scopes belong to the graph, so that names are
/// predictable only when one thread builds.
public final class Graph: Sendable {
  private let state: Mutex<GraphState>

  /// A graph without nodes.
  public init(limits: GraphLimits = GraphLimits()) {
    state = Mutex(GraphState(limits: limits))
  }

  /// A graph that begins with the nodes of another, as one that was read from a file.
  public init(_ frozen: FrozenGraph) {
    var initial = GraphState(limits: frozen.limits)
    initial.graph = frozen
    for (position, node) in frozen.nodes.enumerated() { initial.positions[node.name] = position }
    state = Mutex(initial)
  }

  /// Appends an operator applied to inputs.
  ///
  /// - Parameters:
  ///   - operation: The operator with its attributes.
  ///   - inputs: The inputs in the order of its signature.
  ///   - name: The name; without one, the operator's. A number is added where it is taken.
  ///   - origin: The user's place.
  /// - Returns: The node, invalid when the call was wrong or an input was invalid.
  @discardableResult
  public func append(
    _ operation: some Operator, _ inputs: [Value] = [], name: String? = nil, origin: Origin
  ) -> GraphNode {
    let invalid = GraphNode(graph: self, index: -1)
    var endpoints: [Endpoint] = []
    endpoints.reserveCapacity(inputs.count)
    for input in inputs {
      guard input.isValid else { return invalid }
      guard input.graph === self else {
        record(Self.message(operation, "an input belongs to another graph"), origin)
        return invalid
      }
      endpoints.append(input.endpoint)
    }
    return state.withLock { state in
      let request = state.shapeRequest(
        endpoints, shapeInputs: type(of: operation).shapeInputs(of: endpoints.count))
      do {
        guard state.graph.nodes.count < state.graph.limits.nodeCount else {
          throw ShapeError("the graph has reached its limit of \(state.graph.nodes.count) nodes")
        }
        let outputs = try TypeCheck.outputs(of: operation, request)
        try state.graph.checkVariables(of: type(of: operation), endpoints)
        let node = Node(
          name: state.uniqueName(try name.map(Self.checkedName) ?? operation.wireName),
          operation: operation, inputs: endpoints, controlInputs: state.controlInputs,
          outputs: outputs, origin: state.ascribedOrigin ?? origin)
        return GraphNode(graph: self, index: state.append(node))
      } catch {
        let place = state.ascribedOrigin ?? origin
        state.diagnostics.append(Self.diagnostic(operation, error, place))
        return invalid
      }
    }
  }

  /// The graph as it is now, for reading.
  public func snapshot<Result: Sendable>(_ body: (FrozenGraph) throws -> Result) rethrows -> Result
  {
    try state.withLock { try body($0.graph) }
  }

  /// A copy that does not change any more.
  ///
  /// - Throws: `GraphError` with every recorded diagnostic when a call was wrong.
  public func frozen() throws -> FrozenGraph {
    try state.withLock { state in
      guard state.diagnostics.isEmpty else { throw GraphError(state.diagnostics) }
      return state.graph
    }
  }

  /// What was wrong with the calls so far.
  public var diagnostics: [Diagnostic] { state.withLock { $0.diagnostics } }

  /// Records that a call was wrong.
  public func record(_ message: String, _ origin: Origin) {
    state.withLock { $0.diagnostics.append(Diagnostic(message, at: origin.location)) }
  }

  /// The node of that name.
  public func node(named name: String) -> GraphNode? {
    state.withLock { $0.positions[name] }.map { GraphNode(graph: self, index: $0) }
  }

  /// A node by its position; invalid when there is none.
  public func node(at position: Int) -> GraphNode {
    GraphNode(graph: self, index: (0..<nodeCount).contains(position) ? position : -1)
  }

  /// A value by where it comes from; invalid when there is none.
  public func value(at endpoint: Endpoint) -> Value {
    node(at: endpoint.nodeIndex).output(endpoint.outputIndex)
  }

  /// The number of nodes so far.
  public var nodeCount: Int { snapshot { $0.nodes.count } }
}

// MARK: - Names, scopes and what is declared

extension Graph {
  /// Counts the nodes that `body` makes as those of a derivative.
  public func deriving<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = nodeCount
    defer { state.withLock { $0.graph.derivedNodeCount += $0.graph.nodes.count - before } }
    return try body()
  }

  /// Ascribes the nodes that `body` makes to a place, whatever their makers say.
  ///
  /// So the nodes of a gradient lead back to the user's line that they are the gradient of.
  public func ascribing<Result>(to origin: Origin, _ body: () throws -> Result) rethrows -> Result {
    try scope(nil, ascribingTo: origin, body)
  }

  /// Puts a prefix before the names of the nodes that `body` makes.
  ///
  /// - Parameters:
  ///   - name: The prefix, without its slash; `nil` to leave names as they are.
  ///   - origin: A place to ascribe the nodes to, whatever their makers say.
  public func scope<Result>(
    _ name: String?, ascribingTo origin: Origin? = nil, _ body: () throws -> Result
  ) rethrows -> Result {
    let outer = state.withLock { state in
      if let name, !isNodeName(name) {
        state.diagnostics.append(
          Diagnostic(
            "scope: '\(name)' cannot stand before the names of nodes", at: origin?.location))
      }
      let outer = (state.scopePrefix, state.ascribedOrigin)
      if let name { state.scopePrefix = "\(outer.0)\(name)/" }
      if let origin { state.ascribedOrigin = origin }
      return outer
    }
    defer { state.withLock { ($0.scopePrefix, $0.ascribedOrigin) = outer } }
    return try body()
  }

  /// Gives the nodes that `body` makes their names without the prefix of the current scope, as what
  /// belongs to another node and has the name of that one in its own.
  package func outsideScopes<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = state.withLock { state in
      let outer = state.scopePrefix
      state.scopePrefix = ""
      return outer
    }
    defer { state.withLock { $0.scopePrefix = outer } }
    return try body()
  }

  /// Makes the nodes that `body` appends wait until those nodes have run.
  public func controlDependencies<Result>(
    on nodes: [GraphNode], _ body: () throws -> Result
  ) rethrows -> Result {
    let outer = state.withLock { state in
      let outer = state.controlInputs
      for node in nodes where node.isValid && !state.controlInputs.contains(Int32(node.index)) {
        guard node.graph === self else {
          state.diagnostics.append(
            Diagnostic("controlDependencies: a node belongs to another graph"))
          continue
        }
        state.controlInputs.append(Int32(node.index))
      }
      return outer
    }
    defer { state.withLock { $0.controlInputs = outer } }
    return try body()
  }

  /// Makes the nodes that `body` appends wait for nothing but their inputs, as what gives a
  /// variable its initial value.
  public func withoutControlDependencies<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = state.withLock { state in
      let outer = state.controlInputs
      state.controlInputs = []
      return outer
    }
    defer { state.withLock { $0.controlInputs = outer } }
    return try body()
  }

  /// Gives a node the name, which no other node may have.
  ///
  /// - Returns: `false`, leaving all as it was, when the name is taken or is none.
  public func rename(_ node: GraphNode, to name: String) -> Bool {
    state.withLock { state in
      guard node.isValid, node.graph === self, (try? Self.checkedName(name)) != nil else {
        return false
      }
      let full = state.scopePrefix + name
      guard state.positions[full] == nil else { return false }
      state.positions[state.graph.nodes[node.index].name] = nil
      state.positions[full] = node.index
      state.graph.nodes[node.index].name = full
      return true
    }
  }

  /// Gives a node other attributes, which must not change the types of its outputs.
  package func replaceOperation(of node: GraphNode, by operation: some Operator) {
    guard node.isValid, node.graph === self else { return }
    state.withLock { $0.graph.nodes[node.index].operation = operation }
  }

  /// Gives a node a private attribute, which files keep.
  func annotate(_ node: Int, _ name: String, _ value: AttributeValue) {
    state.withLock { state in
      let annotations = state.graph.nodes[node].annotations
      state.graph.nodes[node].annotations = NodeAnnotations(
        device: annotations?.device ?? "",
        attributes: (annotations?.attributes ?? [:]).merging([name: value]) { _, new in new })
    }
  }

  /// Declares a value that is fetched by default.
  public func declareOutput(_ value: Value, named name: String) {
    guard value.isValid else { return }
    guard value.graph === self else {
      return record("output '\(name)': the value belongs to another graph", .unknown)
    }
    state.withLock {
      $0.graph.interface.outputs.append(.init(name: name, endpoint: value.endpoint))
    }
  }

  /// Declares a node that is run for its effect.
  public func declareTarget(_ node: GraphNode, named name: String) {
    guard node.isValid else { return }
    guard node.graph === self else {
      return record("target '\(name)': the node belongs to another graph", .unknown)
    }
    state.withLock {
      $0.graph.interface.targets.append(.init(name: name, node: node.index))
    }
  }

  /// Declares a number or text that the graph was built with.
  public func declareParameter(_ name: String, value: String) {
    state.withLock { $0.graph.interface.parameters.append(.init(name: name, value: value)) }
  }
}

// MARK: - Messages

extension Graph {
  private static func checkedName(_ name: String) throws -> String {
    guard isNodeName(name) else {
      throw ShapeError(
        "'\(name)' cannot name a node",
        suggestion:
          "a name begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'"
      )
    }
    return name
  }

  static func message(_ operation: some Operator, _ text: String) -> String {
    "\(displayName(operation)): \(text)"
  }

  /// What users call the operator: its function where it has one.
  static func displayName<Op: Operator>(_ operation: Op) -> String {
    Op.function?.name ?? operation.wireName
  }

  static func diagnostic(
    _ operation: some Operator, _ error: any Error, _ origin: Origin
  ) -> Diagnostic {
    var notes: [Diagnostic.Note] = []
    if let suggestion = (error as? ShapeError)?.suggestion { notes.append(.init(suggestion)) }
    return Diagnostic(message(operation, "\(error)"), at: origin.location, notes: notes)
  }
}

/// Whether TensorFlow takes the text as the name of a node.
public func isNodeName(_ name: String) -> Bool {
  func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
  }
  guard let first = name.utf8.first, isAlphanumeric(first) else { return false }
  // Underscore, slash, greater-than sign and hyphen.
  return name.utf8.allSatisfy { isAlphanumeric($0) || [95, 47, 62, 45].contains($0) }
}
