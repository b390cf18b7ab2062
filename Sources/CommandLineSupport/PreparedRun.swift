import StaticGraph
import Tensors

/// A session with everything that `RunOptions` ask for looked up.
struct PreparedRun {
  let session: Session
  private let frozen: FrozenGraph
  var fetches: [(name: String, value: Value)] = []
  /// How many of the fetches are printed; those after them are only saved.
  let printedCount: Int
  var targets: [GraphNode] = []
  var feeds: [Value: Tensor] = [:]
  /// How what is fed was read, and what classes are called.
  let reader: FeedReader
  /// The seconds from opening the file to a session whose variables have their values; making what
  /// is fed is not among them.
  let loadSeconds: Double

  init(_ options: RunOptions, alsoFetching saved: [String] = []) throws {
    let start = monotonicSeconds()
    let path = try options.file ?? GraphSource.theOneInWorkingDirectory()
    let sessionOptions = SessionOptions(
      threads: options.threads, maxMemory: options.maxMemory?.byteCount)
    let workers = Workers.pool(threads: sessionOptions.threads)
    var (frozen, checkpoint) = try GraphSource.read(
      path, definitions: options.parameters.dictionary, restoring: options.restore, workers)
    if let seed = options.seed { frozen = frozen.seeded(with: seed) }
    self.frozen = frozen
    let graph = Graph(frozen)
    session = try Session(graph, options: sessionOptions, workers: workers)
    let feedStart = monotonicSeconds()
    reader = try FeedReader(frozen, path: path, options.images, seed: options.seed ?? 0)
    feeds = try reader.feeds(options.feed, graph)
    let feedSeconds = monotonicSeconds() - feedStart
    for name in names(in: options.fetch) {
      fetches.append((name, graph.value(at: try frozen.endpoint(named: name))))
    }
    if options.fetch.isEmpty, options.target.isEmpty || !frozen.interface.outputs.isEmpty {
      fetches = frozen.defaultFetches.map { ($0.name, graph.value(at: $0.endpoint)) }
    }
    printedCount = fetches.count
    for name in saved where !fetches.contains(where: { $0.name == name }) {
      fetches.append((name, graph.value(at: try frozen.endpoint(named: name))))
    }
    for name in options.target {
      targets.append(try Self.target(name, frozen, graph))
    }
    if let restore = options.restore, let checkpoint {
      let report = try Self.restored(
        session, from: checkpoint.get(), lenient: options.lenient,
        compiling: (fetches.map(\.value), targets, feeds))
      // What a checkpoint has for training alone is of no account here.
      if !report.missing.isEmpty || !report.mismatched.isEmpty {
        for line in report.lines() { writeError("\(restore): \(line)") }
      }
    }
    if frozen.nodes.contains(where: \.isVariable) {
      // A variable that only training needs may well have no initial value.
      try session.initializeVariables(onlyMissing: true, feeding: feeds, lenient: true)
    }
    loadSeconds = monotonicSeconds() - start - feedSeconds
    if fetches.isEmpty && targets.isEmpty {
      throw GraphError(
        "'\(path)' has nothing to compute", notes: ["name a value: --fetch name"])
    }
  }

  /// Says on standard error that the run takes weights as chance has them, where it does.
  func noteUntrainedVariables() {
    frozen.noteUntrainedVariables(
      fetches.map(\.value.endpoint.nodeIndex) + targets.map(\.index), feeds: feeds)
  }

  /// The highest scores among results, the others as they are.
  func topScores(of results: [(name: String, tensor: Tensor)], count: Int) throws -> TopResults {
    var top = TopResults()
    for (result, fetch) in zip(results, fetches) {
      let names = try reader.classNames(of: fetch.value.endpoint, isNeeded: false)
      let scores = try TopScores(result.tensor, count: count, names)
      top.add(result, scores)
    }
    return top
  }

  /// Restores the variables of a session, and meanwhile compiles what it is to run.
  private static func restored(
    _ session: Session, from checkpoint: CheckpointAhead, lenient: Bool,
    compiling run: (fetches: [Value], targets: [GraphNode], feeds: [Value: Tensor])
  ) throws -> RestoreReport {
    // What is wrong with a run is told when it is run.
    try session.workers.concurrently {
      try session.restore(checkpoint, lenient: lenient)
    } _: {
      try session.compile(run.fetches, targets: run.targets, feeding: run.feeds)
    }.first.get()
  }

  static func target(_ name: String, _ frozen: FrozenGraph, _ graph: Graph) throws
    -> GraphNode
  {
    if let declared = frozen.interface.targets.first(where: { $0.name == name }) {
      return graph.node(at: declared.node)
    }
    guard let node = graph.node(named: name) else {
      let declared = frozen.interface.targets.map(\.name)
      let near =
        nearestName(to: name, among: declared)
        ?? nearestName(to: name, among: frozen.nodes.lazy.map(\.name))
      let known =
        declared.isEmpty
        ? "it declares none; --target name runs any operation"
        : "it declares \(shortList(declared))"
      throw GraphError(
        "the graph has no target named '\(name)'",
        notes: near.map { ["did you mean '\($0)'?", known] } ?? [known])
    }
    return node
  }
}
