import GraphIR

extension OperatorReference {
  /// The whole reference as files of one folder: a page for each operator, and `Operators.md`,
  /// which lists them by kind.
  ///
  /// - Throws: `GraphError` when an example cannot be run.
  public static func files(of registry: OperatorRegistry) throws -> [(name: String, text: String)] {
    let pages = registry.operators.map { OperatorReference($0) }
    return [("Operators.md", index(of: pages, registry.composites))]
      + (try pages.map { ($0.fileName, try $0.markdown()) })
  }

  private var fileName: String { "\(operatorType.name).md" }

  private static func index(
    of pages: [OperatorReference], _ composites: [GraphFunction]
  ) -> String {
    let declarations = SwiftDeclarations.standard
    var sections = [
      """
      # Operators

      Every operator, by kind. A call is the same in Swift and in a `.graph` file. Beyond what the
      pages show, each Swift function takes `name:`, the name of the node; and what a file calls
      with a number or a list where a value is due, a Swift program calls with a constant.
      """
    ]
    for kind in declarations.kinds {
      let rows = pages.filter { declarations.kind(of: $0.operatorType.name) == kind }
        .sorted { ($0.title, $0.fileName) < ($1.title, $1.fileName) }
        .map { page -> String in
          let name = page.operatorType.name
          let wireName = page.title == name ? "" : "`\(name)`"
          return
            "| [\(page.title)](\(page.fileName)) | \(wireName) | \(page.operatorType.summary) |"
        }
      guard !rows.isEmpty else { continue }
      sections.append(
        (["## \(words(kind))", "", "| call | in the file | |", "|---|---|---|"] + rows)
          .joined(separator: "\n"))
    }
    let functions = composites.map { function in
      let swift = declarations.declarations(ofFunction: function.name)
      let call = "// " + wrapped(function.declaration).replacing("\n", with: "\n// ")
      return ([call] + swift.map(wrapped)).joined(separator: "\n")
    }
    sections.append(
      """
      ## Made of several operators

      What a `.graph` file calls, in a comment, and what Swift programs call:

      ```swift
      \(functions.joined(separator: "\n\n"))
      ```
      """)
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// `NeuralNetworks` as `Neural networks`.
  private static func words(_ kind: String) -> String {
    var text = ""
    for character in kind {
      text += character.isUppercase && !text.isEmpty ? " \(character.lowercased())" : "\(character)"
    }
    return text
  }
}
