import GraphLanguage
import Testing

/// A source with errors, and all that a user sees of them.
struct SyntaxDiagnosticCase: Sendable, CustomTestStringConvertible {
  var source: String
  var printed: String

  init(_ source: String, _ printed: String) {
    self.source = source
    self.printed = printed
  }

  var testDescription: String { source }
}

@Suite("Syntax diagnostics")
struct SyntaxDiagnosticTests {
  @Test(
    "are printed exactly",
    arguments: SyntaxDiagnosticCase.tokens + SyntaxDiagnosticCase.expressions
      + SyntaxDiagnosticCase.statements + SyntaxDiagnosticCase.blocks
      + SyntaxDiagnosticCase.recovery + SyntaxDiagnosticCase.texts)
  func printedText(_ example: SyntaxDiagnosticCase) {
    #expect(printedDiagnostics(example.source) == example.printed)
  }

  @Test("stop at fifty, and say so")
  func limit() throws {
    let text = String(repeating: "let y = a > b\nlet z = $\n", count: 60)
    let diagnostics = SourceFile(name: "model.graph", text: text).parse().diagnostics
    #expect(diagnostics.count == 50)
    let last = try #require(diagnostics.last)
    #expect(last.location?.line == 50)
    #expect(last.notes.last?.message == "only the first 50 errors are shown")
    #expect(diagnostics.dropLast().allSatisfy { $0.notes.count < 2 })
  }
}
