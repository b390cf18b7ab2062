import GraphLanguage
import Testing

@Suite("Deep nesting")
struct NestingTests {
  private static func deep(_ opening: String, _ closing: String, _ count: Int) -> String {
    String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
  }

  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("f(", ")"), ("x[", "]"), ("-(", ")"), ("f(a: [", "])"), ("(", ""),
    ("[", ""), ("1 + (", ")"), ("1 + 2 * (", " .> 3)"),
  ])
  func expressionsAreLimited(opening: String, closing: String) {
    let text = "let y = " + Self.deep(opening, closing, 100_000) + "\nlet z = 1"
    let (tree, diagnostics) = SourceFile(name: "model.graph", text: text).parse()
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.message == "this is nested more than 200 levels deep")
    #expect(tree.statements.map(\.dump) == ["(let z = 1)"])
  }

  @Test func twoHundredLevelsAreFine() {
    #expect(parsedExpression(Self.deep("(", ")", 200)) == "1")
    #expect(parsedExpression(Self.deep("[", "]", 199)) == Self.deep("[", "]", 199))
    #expect(parsedExpression(Self.deep("[", "]", 200)).contains("more than 200 levels"))
  }

  @Test func blocksAreLimited() {
    let text = Self.deep("for i in 0..<1 {\n", "\n}", 100_000)
    let diagnostics = SourceFile(name: "model.graph", text: text).parse().diagnostics
    #expect(diagnostics.map(\.message) == ["this is nested more than 200 levels deep"])
    let open = String(repeating: "scope \"a\" {\n", count: 100_000)
    #expect(SourceFile(name: "model.graph", text: open).parse().diagnostics.count == 2)
  }

  @Test func membersAreLimited() {
    let text = "let y = x" + String(repeating: ".a", count: 100_000)
    let diagnostics = SourceFile(name: "model.graph", text: text).parse().diagnostics
    #expect(diagnostics.map(\.message) == ["this is nested more than 200 levels deep"])
  }

  @Test func stringsAreLimited() {
    let text = "let y = " + Self.deep("\"\\(", ")\"", 100_000) + "\nlet z = 1"
    let (tree, diagnostics) = SourceFile(name: "model.graph", text: text).parse()
    #expect(diagnostics.map(\.message) == ["strings stand more than 8 deep in one another"])
    #expect(tree.statements.map(\.dump) == ["(let z = 1)"])
    let levels = Self.deep("\"\\(", ")\"", 8)
    #expect(parsedExpression(levels) == levels)
    let inner = Self.deep("(", ")", 150)
    let outer = "let y = \(Self.deep("(", ")", 60).replacing("1", with: "\"\\(\(inner))\""))"
    #expect(printedDiagnostics(outer).contains("more than 200 levels"))
  }

  @Test("A long sum is one level")
  func longChains() {
    let text = "let y = x" + String(repeating: " + x", count: 50_000)
    let (tree, diagnostics) = SourceFile(name: "model.graph", text: text).parse()
    #expect(diagnostics.isEmpty && tree.statements.count == 1)
  }
}
