import ArgumentParser
import StaticGraph
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension GraphcCommand {
  struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Explain the operators.",
      discussion: """
        graphc reference            the list of all operators
        graphc reference matmul     one operator: types, attributes, gradient, errors, an example
        graphc reference -o DIR     the whole reference: a Markdown page for each operator, and
                                    Operators.md, which lists them by kind
        """)

    @Argument(help: ArgumentHelp("A function or an operator of TensorFlow.", valueName: "name"))
    var name: String?

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write all pages into a folder.", valueName: "folder"))
    var output: String?

    func validate() throws {
      if name != nil, output != nil {
        throw ValidationError("--output writes all pages; leave the name out")
      }
    }

    func run() throws {
      if let name { return writeText(try OperatorReference(Self.operatorType(name)).markdown()) }
      guard let output else {
        let pages = OperatorRegistry.standard.operators.map {
          (type: $0, page: OperatorReference($0))
        }
        let width = pages.map(\.page.title.count).max() ?? 0
        for (type, page) in pages.sorted(by: { $0.page.title < $1.page.title }) {
          let padding = String(repeating: " ", count: width - page.title.count)
          writeOutput("\(page.title)\(padding)  \(type.summary)")
        }
        return
      }
      if mkdir(output, 0o755) != 0, errno != EEXIST {
        throw GraphError(
          "the folder '\(output)' cannot be made: \(String(cString: strerror(errno)))")
      }
      let files = try OperatorReference.files(of: .standard)
      for (name, text) in files {
        try writeFileAtomically("\(output)/\(name)", bytes: Array(text.utf8))
      }
      writeError("\(files.count) pages → \(output)")
    }

    private static func operatorType(_ name: String) throws -> any Operator.Type {
      let operators = OperatorRegistry.standard.operators
      if let match = operators.first(where: { $0.function?.name == name })
        ?? operators.first(where: { $0.name == name })
      {
        return match
      }
      let names = operators.map { $0.name } + operators.compactMap { $0.function?.name }
      throw GraphError(
        "there is no operator named '\(name)'",
        notes: nearestName(to: name, among: names).map { ["did you mean '\($0)'?"] } ?? [])
    }
  }
}
