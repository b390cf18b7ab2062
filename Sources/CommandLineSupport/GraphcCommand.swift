import ArgumentParser
import StaticGraph

/// `graphc`: compiles, checks, formats and shows graphs.
public struct GraphcCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "graphc",
    abstract: "Compiles computation graphs.",
    discussion: """
      A .graph file is text that describes a computation:

        placeholder x: Float64
        let y    = 2 * x * sin(π * x)
        let dydx = gradient(of: y, withRespectTo: x)
        output y, dydx

      graphc build writes it as a GraphDef (.pb), which graphrun, TensorFlow, TensorBoard and \
      Netron read.
      """,
    subcommands: [Build.self, Check.self, Format.self, Show.self, Reference.self])

  public init() {}
}

extension GraphcCommand {
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compile a .graph file to a GraphDef.",
      discussion: "Example: graphc build derivative.graph -o derivative.pb")

    @Argument(help: ArgumentHelp("The .graph file.", valueName: "file"))
    var file: String

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "Where to write. Default: the file's name with .pb, in the working directory.",
        valueName: "file.pb"))
    var output: String?

    @OptionGroup var parameters: ParameterOptions

    @Flag(help: "Print what a run takes: steps, memory, operations.")
    var report = false

    @Option(
      parsing: .singleValue,
      help: ArgumentHelp(
        "The sizes of a placeholder that leaves some open, for the report.",
        valueName: "name=1x224x224x3"))
    var shape: [String] = []

    @Option(help: MemorySize.help)
    var maxMemory: MemorySize?

    func validate() throws {
      if !shape.isEmpty, !report { throw ValidationError("--shape needs --report") }
      if maxMemory != nil, !report { throw ValidationError("--max-memory needs --report") }
    }

    func run() throws {
      let target = try output ?? Build.defaultOutput(for: file)
      let graph = try GraphSource.read(file, definitions: try parameters.dictionary)
      let text =
        report
        ? try PlanReport(graph, shapes: shape, maxMemory: maxMemory?.byteCount).text : nil
      try GraphFile(graph).write(path: target)
      writeError("\(baseName(file)) → \(target)   \(Build.summary(graph))")
      if let text { writeOutput(text) }
    }

    /// The file's name with `.pb` in place of the ending of a graph, in the working directory.
    ///
    /// - Throws: `GraphError` where that is the file itself.
    static func defaultOutput(for file: String) throws -> String {
      let name = baseName(file)
      let ending = [".graph", ".pbtxt", ".pb"].first(where: name.hasSuffix) ?? ""
      let target = name.dropLast(ending.count) + ".pb"
      guard !isSameFile(file, String(target)) else {
        throw GraphError(
          "'\(file)' would be written over by what is made of it",
          notes: ["say where to write: -o file.pb"])
      }
      return String(target)
    }

    private static func summary(_ graph: FrozenGraph) -> String {
      let placeholders = graph.nodes.count { $0.isFed || $0.operation is PlaceholderWithDefault }
      let ofGradient = graph.derivedNodeCount
      func counted(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
      }
      var parts = [
        counted(placeholders, "placeholder"), counted(graph.interface.outputs.count, "output"),
      ]
      if !graph.interface.targets.isEmpty {
        parts.append(counted(graph.interface.targets.count, "target"))
      }
      let gradient = ofGradient > 0 ? " (\(ofGradient) of the gradient)" : ""
      return parts.joined(separator: ", ") + ", " + counted(graph.nodes.count, "node") + gradient
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether a graph is right, without writing anything.",
      discussion: "Takes a .graph file or a GraphDef. Exit code 0: it is right; 1: it is not.")

    @Argument(help: ArgumentHelp("The graph.", valueName: "file"))
    var file: String

    @OptionGroup var parameters: ParameterOptions

    func run() throws {
      let graph = try GraphSource.read(file, definitions: try parameters.dictionary)
      try graph.verify()
      writeError("\(file) is right: \(graph.nodes.count) nodes")
    }
  }

  struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a .graph file in its canonical form.",
      discussion: "The file is changed in place, unless --print or --check is given.")

    @Argument(help: ArgumentHelp("The .graph file.", valueName: "file"))
    var file: String

    @Flag(help: "Print the canonical form; leave the file as it is.")
    var print = false

    @Flag(help: "Exit with 1 when the file is not in its canonical form; leave it as it is.")
    var check = false

    func run() throws {
      if file.hasSuffix(".pb") || file.hasSuffix(".pbtxt") {
        throw GraphError(
          "'\(file)' is a compiled graph, not a .graph file",
          notes: ["graphc show \(file) turns it into text"])
      }
      let source = try SourceFile(path: file)
      let formatted = try source.formatted()
      if print { return writeText(formatted) }
      guard formatted != source.text else { return }
      if check {
        throw GraphError(
          "'\(file)' is not in its canonical form", notes: ["graphc format \(file) changes it"])
      }
      try writeFileAtomically(file, bytes: Array(formatted.utf8))
    }
  }
}

/// The last part of a path.
func baseName(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
