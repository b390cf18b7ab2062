import GraphIR
import Passes
import Planning
import Synchronization
import Tensors

/// A plan together with frames to run it in, so that many threads may run it at once.
///
/// Where sizes depend on values, it is the first of several segments.
final class CompiledPlan: Sendable {
  let plan: Plan
  private let graph: FrozenGraph
  private let workers: Workers
  private let segment: Segment
  private let variables: VariableStore
  private let options: PlanOptions
  private let randomPositions: RandomPositions
  /// Whether a run reads variables.
  private let usesVariables: Bool
  /// Whether a run changes variables.
  private let changesVariables: Bool
  /// The later segments of this plan.
  private let continuations = Mutex(Continuations())

  /// The most segments that one run may have.
  private static let segmentLimit = 4096
  /// The most later segments that are kept.
  private static let continuationLimit = 512

  /// What the plan of a later segment depends on.
  private struct Continuation: Hashable, Sendable {
    /// The number of the segment before it.
    var previous: Int
    /// The values that sizes depend on.
    var sizes: [Tensor]
    /// Types and sizes of what it is fed.
    var feeds: [TensorType]
  }

  /// Later segments, all in one place however long the chain is.
  private struct Continuations: Sendable {
    var segments: [Continuation: Segment] = [:]
    /// How many segments were ever numbered, the first of them included.
    var count = 1
  }

  /// - Parameter fixed: The tensors of the request's fixed feeds, by the feeds' numbers.
  init(
    _ graph: FrozenGraph, _ request: ProgramRequest, _ workers: Workers,
    _ variables: VariableStore, _ options: PlanOptions, _ randomPositions: RandomPositions,
    fixed: [Int: Tensor] = [:]
  ) throws {
    self.graph = graph
    self.workers = workers
    self.variables = variables
    self.options = options
    self.randomPositions = randomPositions
    let first = try RandomPositions.$current.withValue(randomPositions) {
      try makePlan(graph, for: request, options: options)
    }
    segment = Segment(number: 0, request, first, fixed: fixed)
    plan = segment.frames.plan
    // Later segments may use others.
    let mayUseAny = plan.boundary != nil && graph.nodes.contains(where: \.isVariable)
    usesVariables =
      mayUseAny || !plan.variables.isEmpty || plan.invariants?.plan.variables.isEmpty == false
    changesVariables = mayUseAny || plan.variables.contains(where: \.isChanged)
  }

  /// Calls `body` while no other run changes the variables that this one reads, and none reads
  /// those that it changes.
  @inline(__always)
  func withVariables<Result>(_ body: (VariableStore) throws -> Result) rethrows -> Result {
    guard usesVariables else { return try body(variables) }
    variables.begin(exclusively: changesVariables)
    defer { variables.end(exclusively: changesVariables) }
    return try body(variables)
  }

  /// Whether the variables whose sizes the graph leaves open are still of the plan's sizes.
  func fitsVariables(_ types: [Int: TensorType]) -> Bool {
    segment.request.variableTypes == types
  }

  /// What the plan computes once and keeps.
  var invariants: InvariantCache? { segment.frames.invariants }

  /// A frame of the first segment that no run uses.
  func takeFrame() throws -> Frame { try segment.frames.take() }

  /// Gives a frame back after a run.
  func giveBack(_ frame: Frame) { segment.frames.giveBack(frame) }

  /// Runs the plan, and what comes after it where it is a first segment.
  ///
  /// - Parameter feeds: One tensor for each feed of the request, of the request's types.
  /// - Returns: One tensor for each fetch of the request.
  func run(_ feeds: [Tensor]) throws -> [Tensor] {
    try withVariables { variables in
      try run(feeds, variables) { _, frame in try frame.run(workers, variables) }
    }
  }

  /// Does what `run` does, and adds what its steps took to a profile.
  func run(_ feeds: [Tensor], _ profile: inout Profile) throws -> [Tensor] {
    try withVariables { variables in
      try run(feeds, variables) { frames, frame in
        try profile.record(frames) { try frame.run(workers, variables, noting: $0) }
      }
    }
  }

  /// Runs the steps of a frame of the first segment, and adds what they took to a profile.
  func run(_ frame: Frame, _ profile: inout Profile) throws {
    try profile.record(segment.frames) { try frame.run(workers, variables, noting: $0) }
  }

  private func run(
    _ feeds: [Tensor], _ variables: VariableStore, _ execute: (FramePool, Frame) throws -> Void
  ) throws -> [Tensor] {
    var segment = segment
    var feeds = feeds
    for _ in 0..<Self.segmentLimit {
      let frames = segment.frames
      let results = try frames.run(feeds, workers, variables) { try execute(frames, $0) }
      guard let boundary = segment.frames.plan.boundary else { return results }
      let sizes = Array(results.prefix(boundary.sizes.count))
      var endpoints = boundary.crossing
      feeds = Array(results.dropFirst(boundary.sizes.count))
      var known = boundary.known
      for (endpoint, value) in zip(boundary.sizes + endpoints, results) { known[endpoint] = value }
      for position in boundary.evaluated {
        for (number, output) in try evaluate(position, known).enumerated() {
          let endpoint = Endpoint(node: position, output: number)
          // An output that somebody feeds is what was fed.
          guard known[endpoint] == nil else { continue }
          endpoints.append(endpoint)
          feeds.append(output)
        }
      }
      segment = try continuation(of: segment, boundary, sizes, endpoints, feeds)
    }
    throw GraphError(
      "sizes of this graph depend on values in more than \(Self.segmentLimit) steps, one after"
        + " the other")
  }

  /// Computes a node whose output sizes depend on values.
  private func evaluate(_ position: Int, _ known: [Endpoint: Tensor]) throws -> [Tensor] {
    let node = graph.nodes[position]
    do {
      return try node.operation.evaluate(node.inputs.map { known[$0]! }, limits: graph.limits)
    } catch {
      throw GraphError("\(node.operatorName) '\(node.name)': \(error)", at: node.origin.location)
    }
  }

  private func continuation(
    of segment: Segment, _ boundary: Specialization.Boundary, _ sizes: [Tensor],
    _ endpoints: [Endpoint], _ feeds: [Tensor]
  ) throws -> Segment {
    let key = Continuation(previous: segment.number, sizes: sizes, feeds: feeds.map(\.type))
    if let known = continuations.withLock({ $0.segments[key] }) { return known }
    var request = ProgramRequest(
      feeds: endpoints, feedTypes: key.feeds, fetches: segment.request.fetches,
      targets: segment.request.targets)
    request.completed = boundary.completed
    request.variableTypes = segment.request.variableTypes
    for (position, node) in graph.nodes.enumerated()
    where node.isVariable && !node.outputs[0].shape.isKnown {
      let changed = segment.frames.plan.variables.first {
        $0.isChanged && $0.name == node.variableName
      }
      if let changed { request.variableTypes[position] = changed.type }
    }
    request.knownValues = boundary.known
    for (endpoint, value) in zip(boundary.sizes, sizes) { request.knownValues[endpoint] = value }
    let plan = try RandomPositions.$current.withValue(randomPositions) {
      try makePlan(graph, for: request, options: options)
    }
    return continuations.withLock { continuations in
      // Values that differ each time must not fill the memory.
      if continuations.segments.count >= Self.continuationLimit {
        continuations.segments.removeAll()
      }
      let next = Segment(number: continuations.count, request, plan)
      continuations.count += 1
      continuations.segments[key] = next
      return next
    }
  }
}

/// A part of a run that is planned whole.
private final class Segment: Sendable {
  /// Tells the segments of one compiled plan apart, also those that were forgotten.
  let number: Int
  let request: ProgramRequest
  let frames: FramePool

  init(number: Int, _ request: ProgramRequest, _ plan: Plan, fixed: [Int: Tensor] = [:]) {
    self.number = number
    self.request = request
    frames = FramePool(plan, fixed: fixed)
  }
}
