import GraphIR
import Operators
import Passes
import Planning
import Synchronization
import Tensors

/// Runs a graph with feeds and fetches.
///
/// ```swift
/// let session = try Session(graph)
/// let (y, slope) = try session.run(yValue, dydx, feeding: [x: 1.5])
/// ```
/// A session compiles once for each set of fetches and sizes of feeds, and keeps what it has
/// compiled. It may be used from many threads at once.
///
/// *Variables* keep their values from one run to the next. What a run reads of a variable has all
/// updates of this run that the read depends on, through values or control dependencies, and none
/// that it does not depend on; updates of one variable happen in the order in which the graph was
/// built. Where reads and updates of several variables wait for one another in a circle, that
/// order decides. A run that changes variables waits until no other uses them, and others wait for
/// it, so that none sees half of its changes; runs that only read go side by side.
public final class Session: Sendable {
  /// How many compiled plans are kept.
  static let planLimit = 256

  /// The graph whose values are fed and fetched.
  public let graph: Graph
  private let state: Mutex<State>
  private let planOptions: PlanOptions
  package let workers: Workers
  /// The values of the variables.
  public let variables: VariableStore
  /// How far the sequences of the random operators have been taken, by the names of their nodes.
  public let randomPositions = RandomPositions()

  private struct State: Sendable {
    var frozen: FrozenGraph {
      didSet { openVariables = Self.openVariables(of: frozen) }
    }
    /// The variables whose sizes the graph leaves open, by position.
    private(set) var openVariables: [Int: String]
    var plans: [ProgramRequest: CompiledPlan] = [:]

    init(_ frozen: FrozenGraph) {
      self.frozen = frozen
      openVariables = Self.openVariables(of: frozen)
    }

    private static func openVariables(of graph: FrozenGraph) -> [Int: String] {
      var names: [Int: String] = [:]
      for (position, node) in graph.nodes.enumerated()
      where node.isVariable && !node.outputs[0].shape.isKnown {
        names[position] = node.variableName
      }
      return names
    }
  }

  /// A session for the graph as it is now; what is added later is seen when it is asked for.
  ///
  /// - Parameters:
  ///   - variables: Variables to share with other sessions; its own without them.
  /// - Throws: `GraphError` with everything that was wrong with the calls that built the graph.
  public convenience init(
    _ graph: Graph, options: SessionOptions = SessionOptions(), variables: VariableStore? = nil
  ) throws {
    try self.init(
      graph, options: options, variables: variables,
      workers: WorkerPool(threadCount: options.threads))
  }

  /// A session whose kernels share the work among those workers.
  package init(
    _ graph: Graph, options: SessionOptions, variables: VariableStore? = nil, workers: Workers
  ) throws {
    self.graph = graph
    self.variables = variables ?? VariableStore()
    state = Mutex(State(try graph.frozen()))
    self.workers = workers
    planOptions = PlanOptions(
      memoryLimit: options.maxMemory, passes: PassOptions(usesWinograd: options.usesWinograd))
  }

  /// A session for a graph that was read from a file.
  public convenience init(
    _ frozen: FrozenGraph, options: SessionOptions = SessionOptions(),
    variables: VariableStore? = nil
  ) throws {
    try self.init(Graph(frozen), options: options, variables: variables)
  }

  /// Computes values.
  ///
  /// - Parameters:
  ///   - fetches: The values to compute.
  ///   - targets: Nodes to run for their effect.
  ///   - feeds: A tensor for each placeholder that the fetches depend on; any other value may be
  ///     fed too, in place of what it would be. A literal takes the type of what it is fed to.
  /// - Returns: One tensor for each fetch, in order.
  /// - Throws: `GraphError` when a feed is missing or does not fit, inputs do not fit together,
  ///   or something cannot be computed.
  public func run(
    _ fetches: [Value], targets: [GraphNode] = [], feeding feeds: [Value: Tensor] = [:]
  ) throws -> [Tensor] {
    let (callable, tensors) = try prepare(fetches, targets, feeds)
    return try callable.run(tensors)
  }

  /// Computes values, and adds what the steps of the run took to a profile.
  ///
  /// - Parameters:
  ///   - fetches: The values to compute.
  ///   - targets: Nodes to run for their effect.
  ///   - feeds: A tensor for each placeholder that the fetches depend on.
  ///   - profile: What is added to.
  /// - Returns: One tensor for each fetch, in order.
  /// - Throws: `GraphError` as a run without a profile does.
  public func run(
    _ fetches: [Value], targets: [GraphNode] = [], feeding feeds: [Value: Tensor] = [:],
    profile: inout Profile
  ) throws -> [Tensor] {
    let (callable, tensors) = try prepare(fetches, targets, feeds)
    return try callable.run(tensors, profile: &profile)
  }

  /// The call that `run` makes, and the tensors that it makes it with.
  package func prepare(
    _ fetches: [Value], _ targets: [GraphNode], _ feeds: [Value: Tensor]
  ) throws -> (Callable, [Tensor]) {
    let ordered = feeds.sorted {
      ($0.key.endpoint.node, $0.key.endpoint.output) < (
        $1.key.endpoint.node, $1.key.endpoint.output
      )
    }
    let callable = try prepare(fetches: fetches, targets: targets, feeds: ordered.map(\.key))
    return (callable, ordered.map(\.value))
  }

  /// Computes one value.
  public func run(_ fetch: Value, feeding feeds: [Value: Tensor] = [:]) throws -> Tensor {
    try run([fetch], feeding: feeds)[0]
  }

  /// Computes several values at once, and gives them as a tuple.
  public func run<each Fetch>(
    _ fetches: repeat each Fetch, feeding feeds: [Value: Tensor] = [:]
  ) throws -> (repeat (each Fetch).Fetched) where repeat each Fetch: Fetchable {
    var values: [Value] = []
    for fetch in repeat each fetches { values.append(fetch.fetchedValue) }
    var results = try run(values, feeding: feeds).makeIterator()
    return (repeat (each Fetch).fetched(results.next()!))
  }

  /// Runs nodes for their effect alone.
  public func run(targets: [GraphNode], feeding feeds: [Value: Tensor] = [:]) throws {
    _ = try run([], targets: targets, feeding: feeds)
  }

  /// A call of this session with everything looked up: the quickest way to run often.
  ///
  /// - Parameters:
  ///   - fetches: The values to compute.
  ///   - targets: Nodes to run for their effect.
  ///   - feeds: The values that each call feeds, in the order of the call's tensors.
  ///   - fixed: Values that are fed the same tensor in each call. What depends on these alone, on
  ///     constants, and on variables that the call does not change, is computed once.
  /// - Throws: `GraphError` when a value is of another graph, or is fed twice, or a fixed tensor
  ///   does not fit.
  public func prepare(
    fetches: [Value], targets: [GraphNode] = [], feeds: [Value] = [],
    fixed: [Value: Tensor] = [:]
  ) throws -> Callable {
    let fixed = fixed.sorted {
      ($0.key.endpoint.node, $0.key.endpoint.output)
        < ($1.key.endpoint.node, $1.key.endpoint.output)
    }
    let fed = feeds + fixed.map(\.key)
    for value in fetches + fed where value.graph !== graph || !value.isValid {
      throw GraphError(
        value.isValid
          ? "'\(value.name)' belongs to another graph than the session's"
          : "an invalid value was fed or fetched: the call that made it was wrong")
    }
    for target in targets where target.graph !== graph || !target.isValid {
      throw GraphError("a target belongs to another graph than the session's")
    }
    if Set(fed).count != fed.count {
      let name = fed.first { feed in fed.count { $0 == feed } > 1 }!.name
      throw GraphError("'\(name)' is fed twice")
    }
    return try Callable(
      session: self, fetches: fetches.map(\.endpoint), targets: targets.map(\.index), feeds: fed,
      fixed: fixed.map(\.value))
  }

  /// Whether the graph leaves sizes of variables open.
  var hasOpenVariables: Bool { state.withLock { !$0.openVariables.isEmpty } }

  /// Type and sizes of each variable that has a value and whose sizes the graph leaves open.
  func openVariableTypes() -> [Int: TensorType] {
    let names = state.withLock { $0.openVariables }
    return names.isEmpty ? [:] : names.compactMapValues { variables.type(of: $0) }
  }

  /// The graph as it is now.
  func frozenGraph() throws -> FrozenGraph {
    try state.withLock { state in
      if state.frozen.nodes.count < graph.nodeCount { state.frozen = try graph.frozen() }
      return state.frozen
    }
  }

  /// The plan for a request, compiled when there is none yet.
  ///
  /// - Parameter fixed: The tensors of the request's fixed feeds, by the feeds' numbers; what they
  ///   are is part of the plan, which nobody else is given then.
  func plan(for request: ProgramRequest, fixed: [Int: Tensor] = [:]) throws -> CompiledPlan {
    let (known, frozen) = try state.withLock { state in
      let last = (request.feeds + request.fetches).map(\.nodeIndex) + request.targets
      if last.max() ?? -1 >= state.frozen.nodes.count { state.frozen = try graph.frozen() }
      return (state.plans[request], state.frozen)
    }
    if fixed.isEmpty, let known { return known }
    let compiled = try CompiledPlan(
      frozen, request, workers, variables, planOptions, randomPositions, fixed: fixed)
    guard fixed.isEmpty else { return compiled }
    state.withLock { state in
      if state.plans.count >= Self.planLimit { state.plans.removeAll() }
      state.plans[request] = compiled
    }
    return compiled
  }
}

/// What can stand among several fetches: a value.
public protocol Fetchable {
  /// What a run gives for it.
  associatedtype Fetched
  /// The value to compute.
  var fetchedValue: Value { get }
  /// What a run gives for it, from the tensor.
  static func fetched(_ tensor: Tensor) -> Fetched
}

extension Value: Fetchable {
  /// The value itself.
  public var fetchedValue: Value { self }
  /// The tensor itself.
  public static func fetched(_ tensor: Tensor) -> Tensor { tensor }
}
