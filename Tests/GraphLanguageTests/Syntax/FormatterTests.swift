import GraphIR
import GraphLanguage
import Testing

/// Checks that formatting keeps the tree and that formatting again changes nothing.
func expectFormatKeepsTree(_ source: SourceFile, _ dump: [String]) {
  do {
    let once = SourceFile(name: source.name, text: try source.formatted())
    let (tree, diagnostics) = once.parse()
    #expect(diagnostics.isEmpty, "\(source.text)")
    #expect(tree.statements.map(\.dump) == dump, "\(source.text)")
    #expect(tree.comments.count == source.parse().tree.comments.count, "\(source.text)")
    #expect(try once.formatted() == once.text, "\(source.text)")
    let lines = once.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.hasSuffix(" ") }, "\(source.text)")
    #expect(once.text.isEmpty || once.text.hasSuffix("\n") && !once.text.hasSuffix("\n\n"))
  } catch {
    Issue.record(error, "\(source.text)")
  }
}

@Suite("Formatter")
struct FormatterTests {
  @Test(arguments: FormatCase.all)
  func printsCanonically(_ example: FormatCase) throws {
    let source = SourceFile(name: "model.graph", text: example.source)
    #expect(try source.formatted() == example.formatted)
    expectFormatKeepsTree(source, source.parse().tree.statements.map(\.dump))
  }

  @Test func refusesFilesWithErrors() {
    let source = SourceFile(name: "model.graph", text: "let y =\nlet z = $")
    do {
      _ = try source.formatted()
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.diagnostics.count == 2)
    }
  }

  @Test func emptyFiles() throws {
    #expect(try SourceFile(name: "model.graph", text: "").formatted() == "")
    #expect(try SourceFile(name: "model.graph", text: "\n\n ;\n").formatted() == "")
  }
}
