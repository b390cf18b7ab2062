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
