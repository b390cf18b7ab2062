import GraphIR
import GraphLanguage
import Testing

/// A source with errors, and all that a user sees of them.
struct ElaborationDiagnosticCase: Sendable, CustomTestStringConvertible {
  var source: String
  var files: [String: String]
  var definitions: [String: String]
  var printed: String

  init(
    _ source: String, files: [String: String] = [:], definitions: [String: String] = [:],
    _ printed: String
  ) {
    self.source = source
    self.files = files
    self.definitions = definitions
    self.printed = printed
  }

  var testDescription: String { source }
}

@Suite("Elaboration diagnostics")
struct ElaborationDiagnosticTests {
  @Test(
    "are printed exactly",
    arguments: ElaborationDiagnosticCase.names + ElaborationDiagnosticCase.calls
      + ElaborationDiagnosticCase.values + ElaborationDiagnosticCase.blocks
      + ElaborationDiagnosticCase.files + ElaborationDiagnosticCase.operators)
  func printedText(_ example: ElaborationDiagnosticCase) {
    let error = #expect(throws: GraphError.self) {
      try compiled(example.source, files: example.files, definitions: example.definitions)
    }
    #expect(error?.description == example.printed)
  }

  @Test("stop at fifty, in the order of the source, and say so")
  func limit() throws {
    let text = (0..<120).map { "let y\($0) = missing\($0)\n" }.joined()
    let error = try #require(throws: GraphError.self) { try compiled(text) }
    #expect(error.diagnostics.count == 50)
    #expect(error.diagnostics.compactMap(\.location?.line) == Array(1...50))
    #expect(
      error.diagnostics.map(\.notes.count).reduce(0, +) == 0
        || error.diagnostics.last?.notes.last?.message == "only the first 50 errors are shown")
  }

  @Test("name the place in each line of any length")
  func longLine() throws {
    let text = "let a = [" + String(repeating: "\"π\", ", count: 1_000) + "sin(b)]\n"
    let error = try #require(throws: GraphError.self) { try compiled(text) }
    #expect(error.diagnostics[0].location?.column == 9 + 5_000 + 1 + 4)
  }
}
