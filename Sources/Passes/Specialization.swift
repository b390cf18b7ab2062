import GraphIR
import Operators
import Tensors

/// Specialises a graph: takes what a request needs of it, infers every size from those of the
/// feeds, and computes what depends on constants and sizes alone.
///
/// - Throws: `GraphError` when something needed is not fed or inputs do not fit together.
public func specialize(_ graph: FrozenGraph, for request: ProgramRequest) throws -> Specialization {
  var specializer = Specializer(graph: graph, request: request)
  return try specializer.run()
}

struct Specializer {
  /// What became of a value of the graph.
  enum Outcome {
    case ready(Endpoint)
    /// Its size, or that of something it depends on, is not known yet.
    case blocked
  }

  let source: FrozenGraph
  let request: ProgramRequest
  var result: FrozenGraph
  var outcomes: [Endpoint: Outcome] = [:]
  var positions: [Int]
  private var isBlocked: [Bool]
  private var sizesNeeded: [Endpoint] = []
  private var evaluated: [Int] = []

  /// The most bytes that a value computed here may have beyond those that it is computed from.
  static let foldingLimit = 1 << 16
  /// The most bytes of all values computed here together, small ones not counted.
  static let heldLimit = 256 << 20
  private var heldByteCount = 0
  /// For each node the variable that its first output is; −1 where it is none.
  let variables: [Int32]
  /// The variables whose value something has read.
  var readVariables: Set<Int> = []

  init(graph: FrozenGraph, request: ProgramRequest) {
    source = graph
    self.request = request
    result = FrozenGraph(limits: graph.limits)
    positions = Array(repeating: -1, count: graph.nodes.count)
    isBlocked = Array(repeating: false, count: graph.nodes.count)
    variables = graph.variablePositions()
  }

  mutating func run() throws -> Specialization {
    for (endpoint, type) in zip(request.feeds, request.feedTypes)
    where type.byteCount ?? .max > source.limits.byteCount {
      throw GraphError(
        "feed '\(source.name(of: endpoint))': \(type) takes more than the limit of"
          + " \(source.limits.byteCount) bytes")
    }
    let feeds = addFeeds()
    // In the order of the graph, so that the program is the same each time.
    let known = request.knownValues.sorted {
      ($0.key.node, $0.key.output) < ($1.key.node, $1.key.output)
    }
    for (endpoint, value) in known { outcomes[endpoint] = .ready(add(value, "known")) }
    let needed = neededNodes()
    for position in needed.indices where needed[position] { try visit(position) }
    if needed.indices.contains(where: { needed[$0] && isBlocked[$0] }) {
      return .blocked(boundary(needed))
    }
    try settleVariables()
    return .complete(
      Program(
        graph: result, feeds: feeds, fetches: try request.fetches.map(fetched),
        targets: request.targets.compactMap { positions[$0] >= 0 ? positions[$0] : nil }))
  }

  private mutating func addFeeds() -> [Endpoint?] {
    zip(request.feeds, request.feedTypes).map { endpoint, type in
      let node = Node(
        name: "\(source.name(of: endpoint))#fed", operation: Placeholder(type.dataType, type.shape),
        outputs: [type], origin: source.nodes[endpoint.nodeIndex].origin)
      result.nodes.append(node)
      let fed = Endpoint(node: result.nodes.count - 1)
      outcomes[endpoint] = .ready(fed)
      return fed
    }
  }

  private mutating func add(_ value: Tensor, _ name: String, _ origin: Origin = .unknown)
    -> Endpoint
  {
    result.nodes.append(
      Node(
        name: "\(name)#\(result.nodes.count)", operation: Const(value), outputs: [value.type],
        origin: origin))
    return Endpoint(node: result.nodes.count - 1)
  }

  /// The nodes to visit: those that the request depends on, no further than what is fed or known.
  private func neededNodes() -> [Bool] {
    var needed = [Bool](repeating: false, count: source.nodes.count)
    func need(_ endpoint: Endpoint) {
      let endpoint = standing(endpoint)
      if outcomes[endpoint] == nil { needed[endpoint.nodeIndex] = true }
    }
    // To wait for a placeholder that is fed is to wait for nothing.
    func needRun(_ position: Int) {
      let isFed = type(of: source.nodes[position].operation).traits.contains(.fed)
      if isFed, outcomes[Endpoint(node: position)] != nil { return }
      if !request.completed.contains(position) { needed[position] = true }
    }
    request.fetches.forEach(need)
    request.targets.forEach(needRun)
    for position in needed.indices.reversed() where needed[position] {
      source.nodes[position].inputs.forEach(need)
      for control in source.nodes[position].controlInputs { needRun(Int(control)) }
    }
    return needed
  }

  private mutating func visit(_ position: Int) throws {
    let node = source.nodes[position]
    if type(of: node.operation).traits.contains(.fed) { throw missingFeed(node, position) }
    if node.operation is OpaqueOperator { throw unknownOperator(node) }
    var inputs: [Endpoint] = []
    inputs.reserveCapacity(node.inputs.count)
    for input in node.inputs {
      guard case .ready(let endpoint) = outcome(input) else { return block(position) }
      inputs.append(endpoint)
    }
    for control in node.controlInputs where isBlocked[Int(control)] { return block(position) }
    var moved = node
    if inputs != node.inputs { moved.inputs = inputs }
    if !node.controlInputs.isEmpty {
      moved.controlInputs = node.controlInputs.compactMap { control in
        positions[Int(control)] >= 0 ? Int32(positions[Int(control)]) : nil
      }
    }
    do {
      if type(of: node.operation).traits.contains(.sizesDependOnValues) {
        return try placeValueSized(moved, position)
      }
      if node.operation is PlaceholderWithDefault { moved = try asDefault(moved) }
      let traits = type(of: node.operation).traits
      if traits.contains(.variable) { return try placeVariable(moved, position) }
      if traits.contains(.usesVariables) { try checkVariables(node, position) }
      if !traits.contains(.assigns) && !traits.contains(.readsNoElements) {
        try noteReads(of: node)
      }
      try place(moved, position, moved.operation)
    } catch {
      throw source.error(error, at: node)
    }
  }

  /// What a placeholder that is not fed comes to: its input, whose sizes are the output's.
  private func asDefault(_ node: Node) throws -> Node {
    _ = try result.outputTypes(of: node)
    return Node(
      name: node.name, operation: Identity(), inputs: node.inputs,
      controlInputs: node.controlInputs, outputs: [result.type(of: node.inputs[0])],
      origin: node.origin, annotations: node.annotations)
  }

  func outcome(_ endpoint: Endpoint) -> Outcome {
    let endpoint = standing(endpoint)
    if let known = outcomes[endpoint] { return known }
    if isBlocked[endpoint.nodeIndex] { return .blocked }
    return .ready(Endpoint(node: positions[endpoint.nodeIndex], output: endpoint.outputIndex))
  }

  private mutating func block(_ position: Int) { isBlocked[position] = true }

  /// Adds a node whose inputs are ready, or what it computes where that is known already.
  private mutating func place<Op: Operator>(
    _ node: Node, _ position: Int, _ operation: Op
  ) throws {
    var constants: [Int: Tensor] = [:]
    let shapeInputs = Op.shapeInputs(of: node.inputs.count)
    for input in shapeInputs {
      guard let value = result.constant(node.inputs[input]) else {
        sizesNeeded.append(source.nodes[position].inputs[input])
        continue
      }
      constants[input] = value
    }
    guard constants.count == shapeInputs.count else { return block(position) }
    var copy = node
    if !Op.shapeInputs.isEmpty || !isAsItWas(node, source.nodes[position]) {
      copy.outputs = try result.outputTypes(of: node)
    }
    for type in copy.outputs
    where type.shape.isKnown && type.byteCount ?? .max > result.limits.byteCount {
      throw ShapeError(
        "the result \(type) takes \(type.byteCount.map { "\($0)" } ?? "too many") bytes;"
          + " the limit is \(result.limits.byteCount)")
    }
    if let values = try folded(copy, operation, constants) {
      return replace(node, position, by: values)
    }
    positions[position] = result.nodes.count
    result.nodes.append(copy)
  }

  /// Evaluates a node whose output sizes depend on values, where these are known; else cuts the
  /// program before it.
  private mutating func placeValueSized(_ node: Node, _ position: Int) throws {
    _ = try result.outputTypes(of: node)
    let inputs = node.inputs.compactMap { result.constant($0) }
    guard inputs.count == node.inputs.count else {
      evaluated.append(position)
      return block(position)
    }
    replace(node, position, by: try node.operation.evaluate(inputs, limits: result.limits))
  }

  /// Lets constants stand for what a node computes, except where an output is fed.
  private mutating func replace(_ node: Node, _ position: Int, by values: [Tensor]) {
    for (output, value) in values.enumerated() {
      let endpoint = Endpoint(node: position, output: output)
      if outcomes[endpoint] == nil {
        outcomes[endpoint] = .ready(add(value, node.name, node.origin))
      }
    }
  }

  /// Whether all sizes were known before, so that the shape rule has nothing to add.
  private func isAsItWas(_ node: Node, _ original: Node) -> Bool {
    node.outputs.allSatisfy { $0.shape.isKnown }
      && zip(node.inputs, original.inputs).allSatisfy { mine, theirs in
        result.type(of: mine) == source.type(of: theirs)
      }
  }

  /// What a node computes, where that follows from constants and sizes and is worth keeping.
  private mutating func folded<Op: Operator>(
    _ node: Node, _ operation: Op, _ constants: [Int: Tensor]
  ) throws -> [Tensor]? {
    guard !node.outputs.isEmpty, !Op.traits.contains(.hasEffect), operation.constantValue == nil,
      node.controlInputs.isEmpty
    else { return nil }
    if Op.traits.contains(.dependsOnSizesOnly) {
      return try evaluateSizes(
        operation,
        KernelRequest(inputs: node.inputs.map { result.type(of: $0) }, outputs: node.outputs))
    }
    var inputs: [Tensor] = []
    for input in node.inputs {
      guard let value = result.constant(input), value.dataType != .string else { return nil }
      inputs.append(value)
    }
    let taken = inputs.reduce(0) { $0 + $1.byteCount }
    let given = node.outputs.reduce(0) { $0 + ($1.byteCount ?? .max / 16) }
    guard given <= taken + Self.foldingLimit,
      given <= 4096 || heldByteCount <= Self.heldLimit - given
    else { return nil }
    heldByteCount += given
    return try evaluate(operation, inputs: inputs, outputs: node.outputs, constants: constants)
  }

  private func fetched(_ endpoint: Endpoint) throws -> Endpoint {
    guard case .ready(let ready) = outcome(endpoint) else {
      throw GraphError("'\(source.name(of: endpoint))' cannot be fetched")
    }
    return ready
  }

  private func boundary(_ needed: [Bool]) -> Specialization.Boundary {
    var boundary = Specialization.Boundary(
      sizes: [], evaluated: evaluated, crossing: [], known: [:], targets: [],
      completed: request.completed)
    var seen: Set<Endpoint> = []
    for endpoint in sizesNeeded where seen.insert(endpoint).inserted {
      boundary.sizes.append(endpoint)
    }
    func cross(_ endpoint: Endpoint) {
      // A variable is where it is; only what was read of it crosses.
      if endpoint.output == 0, variables[endpoint.nodeIndex] >= 0 { return }
      guard case .ready(let ready) = outcome(endpoint), seen.insert(endpoint).inserted else {
        return
      }
      if let value = result.constant(ready) {
        boundary.known[endpoint] = value
      } else {
        boundary.crossing.append(endpoint)
      }
    }
    var targets = Set(request.targets)
    for position in needed.indices where needed[position] && isBlocked[position] {
      source.nodes[position].inputs.forEach(cross)
      for control in source.nodes[position].controlInputs { targets.insert(Int(control)) }
    }
    request.fetches.forEach(cross)
    for position in needed.indices where needed[position] && !isBlocked[position] {
      boundary.completed.insert(position)
      if targets.contains(position) { boundary.targets.append(position) }
    }
    return boundary
  }
}

extension Specializer {
  private func missingFeed(_ node: Node, _ position: Int) -> GraphError {
    let user = source.nodes.first { $0.inputs.contains(Endpoint(node: position)) }
    let needed = user.map { ", which '\($0.name)' needs," } ?? ""
    var diagnostic = Diagnostic(
      "the placeholder '\(node.name)' of type \(node.outputs[0])\(needed) is not fed",
      at: node.origin.location)
    diagnostic.unfedPlaceholder = node.name
    return GraphError([diagnostic])
  }

  private func unknownOperator(_ node: Node) -> GraphError {
    let near = nearestName(
      to: node.operatorName, among: OperatorRegistry.standard.entries.map(\.name))
    return GraphError([
      Diagnostic(
        "node '\(node.name)': the operator \(node.operatorName) is not known here",
        at: node.origin.location,
        notes: near.map { [.init("the nearest that is known is \($0)")] } ?? [])
    ])
  }
}
