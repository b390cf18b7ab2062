import ArgumentParser
import StaticGraph

extension GraphcCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print any graph in the .graph language.",
      discussion: """
        Takes a GraphDef, which it turns back into text, or a .graph file, whose blocks and loops \
        it writes out. Compiling what it prints gives the same graph:

          graphc show model.pb > model.graph && graphc build model.graph

        What the language cannot express, as unknown operators, stands in comments that say why.
        """)

    @Argument(help: ArgumentHelp("The graph.", valueName: "file"))
    var file: String

    @Flag(help: "List the nodes, a line each, with the wire names of their operators.")
    var nodes = false

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Shorten constants of more than so many elements, for reading; the text then no longer"
          + " compiles.", valueName: "elements"))
    var elide: Int?

    @OptionGroup var parameters: ParameterOptions

    func validate() throws {
      if let elide, elide < 0 {
        throw ValidationError("--elide takes a number of elements, not \(elide)")
      }
      if nodes, elide != nil { throw ValidationError("--nodes shortens constants by itself") }
    }

    func run() throws {
      let name = baseName(file)
      if file.hasSuffix(".graph") {
        let graph = try GraphSource.read(file, definitions: try parameters.dictionary)
        return writeText(
          nodes
            ? graph.graphText(name: name)
            : graph.languageText(name: name, elidingConstantsAbove: elide))
      }
      let records = try GraphFile.read(path: file)
      // A file that is no graph is shown as well.
      guard !nodes, let graph = try? FrozenGraph(records, registry: .graphLanguage, name: name)
      else {
        let text = records.graphText(registry: .standard, name: name)
        return writeText(nodes ? text : commented(text))
      }
      writeText(graph.languageText(name: name, file: records, elidingConstantsAbove: elide))
    }

    /// The text with every line in a comment.
    private func commented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty || $0.hasPrefix("//") ? String($0) : "// \($0)" }
        .joined(separator: "\n")
    }
  }
}
