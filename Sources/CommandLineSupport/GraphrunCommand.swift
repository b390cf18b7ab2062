import ArgumentParser
import StaticGraph
import Tensors

/// `graphrun`: runs graphs.
public struct GraphrunCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "graphrun",
    abstract: "Runs computation graphs.",
    discussion: """
      Runs a compiled graph (.pb), any TensorFlow 1 GraphDef, or a .graph file:

        graphrun --feed x=1.5                      the one compiled graph of this folder
        graphrun model.pb --feed image=@cat.jpg --fetch scores --top 5
        graphrun model.graph --feed x=random:2x3 --json
        graphrun bench model.pb --feed x=1.5 --json
        graphrun profile model.pb --feed x=1.5
        graphrun train model.graph --data mnist --epochs 5 --batch 50
        graphrun filters model.pb --checkpoint DIR -o filters.png

      Results go to standard output and nothing else does.
      """,
    subcommands: [Run.self, Train.self, Filters.self, Bench.self, ProfileRun.self],
    defaultSubcommand: Run.self)

  public init() {}
}

extension GraphrunCommand {
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Feed a graph and print what it computes (the default)."
    )

    @OptionGroup var what: RunOptions

    @Option(
      parsing: .singleValue,
      help: ArgumentHelp(
        "Write a result to a file: an array as .npy, a picture as .png or .jpg.",
        valueName: "name=file.npy"))
    var save: [String] = []

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Of vectors and rows of scores, print the so many highest, with the names of the classes.",
        valueName: "K"))
    var top: Int?

    @Flag(help: "Print one JSON object, name → number, Boolean, string or nested lists.")
    var json = false

    func validate() throws {
      if let top, top < 1 { throw ValidationError("--top takes a number from 1 up, not \(top)") }
      if what.images.labels != nil, top == nil, !what.feed.contains(where: FeedReader.mayNameClass)
      {
        throw ValidationError(
          "--labels names the classes that --top prints and that are fed by name; there is neither")
      }
    }

    func run() throws {
      let saves = try ResultFile.all(save)
      let prepared = try PreparedRun(what, alsoFetching: saves.map(\.name))
      if what.restore == nil { prepared.noteUntrainedVariables() }
      let tensors = try prepared.session.run(
        prepared.fetches.map(\.value), targets: prepared.targets, feeding: prepared.feeds)
      let results = zip(prepared.fetches.map(\.name), tensors).map { (name: $0, tensor: $1) }
      for file in saves { try file.write(results.first { $0.name == file.name }!.tensor) }
      let printed = Array(results.prefix(prepared.printedCount))
      if printed.isEmpty { return }
      if let top {
        writeOutput(try prepared.topScores(of: printed, count: top).text(asJSON: json))
      } else {
        writeOutput(json ? ResultPrinter.json(printed) : ResultPrinter.text(printed))
      }
    }
  }
}

/// What is run, and with what.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The graph. Default: the one compiled graph of the working directory.", valueName: "file"))
  var file: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Feed a placeholder, or any other value: a number, true, a list as [[1, 2], [3, 4]], "
        + "@file.npy, @file.npz with one array, @picture.jpg or .png, the name of a class, "
        + "or zeros, ones, random (with :2x3 where sizes are open).",
      valueName: "name=value"))
  var feed: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What to compute. Default: the declared outputs, else what nothing reads.",
      valueName: "a,b"))
  var fetch: [String] = []

  @Option(help: ArgumentHelp("An operation to run for its effect.", valueName: "name"))
  var target: [String] = []

  @Option(
    parsing: .unconditional,
    help: "How many threads share the work. Default: one for each processor.")
  var threads: Int?

  @Option(help: MemorySize.help)
  var maxMemory: MemorySize?

  @Option(
    parsing: .unconditional, help: "Where random numbers begin. Default: somewhere else each time.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Begin with the variables of a checkpoint: a bundle, safetensors or .npz.",
      valueName: "path"))
  var restore: String?

  @Flag(help: "With --restore, leave out what is of another type or shape, and tell of it.")
  var lenient = false

  @OptionGroup var images: ImageOptions

  @OptionGroup var parameters: ParameterOptions

  func validate() throws {
    if lenient, restore == nil { throw ValidationError("--lenient needs --restore") }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 1024, not \(threads)")
    }
  }
}

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
    let definitions = try options.parameters.dictionary
    var checkpoint: Result<CheckpointAhead, any Error>?
    var frozen: FrozenGraph
    if let restore = options.restore {
      (frozen, checkpoint) = try GraphSource.read(
        path, definitions: definitions, restoring: restore, workers)
    } else {
      frozen = try GraphSource.read(path, definitions: definitions)
    }
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
