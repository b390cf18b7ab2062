import Foundation
import GraphLanguage
import Testing

@Suite("The page on the graph language")
struct GrammarPageTests {
  private static let page = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Sources/StaticGraph/StaticGraph.docc/GraphLanguage.md")

  /// The examples of the page, each as its text.
  private func examples() throws -> [String] {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    return text.components(separatedBy: "```graph\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  @Test("has examples that are correct and canonical")
  func examplesAreCanonical() throws {
    let examples = try examples()
    #expect(examples.count >= 12)
    for example in examples {
      let source = SourceFile(name: "example.graph", text: example)
      #expect(try source.formatted() == example)
    }
  }
}
