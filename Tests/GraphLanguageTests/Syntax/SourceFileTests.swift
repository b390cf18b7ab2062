import GraphIR
import Testing

@testable import GraphLanguage

@Suite("Source file")
struct SourceFileTests {
  private func location(_ text: String, _ offset: Int) -> String {
    let source = SourceFile(name: "m.graph", text: text)
    return source.location(of: SourceRange(start: offset, end: offset + 1)).description
  }

  @Test(arguments: [
    ("ab\ncd", 0, "m.graph:1:1"), ("ab\ncd", 2, "m.graph:1:3"), ("ab\ncd", 3, "m.graph:2:1"),
    ("ab\r\ncd", 4, "m.graph:2:1"), ("ab\rcd", 3, "m.graph:2:1"), ("ππ x", 5, "m.graph:1:4"),
    ("", 0, "m.graph:1:1"), ("a\n", 2, "m.graph:2:1"), ("a", 99, "m.graph:1:2"),
    ("a", -5, "m.graph:1:1"),
  ])
  func countsLinesAndCharacters(text: String, offset: Int, expected: String) {
    #expect(location(text, offset) == expected)
  }

  @Test func underlinesOnlyTheFirstLine() {
    let source = SourceFile(name: "m.graph", text: "one\ntwo three\nfour")
    let excerpt = source.excerpt(of: SourceRange(start: 8, end: 17))
    #expect(excerpt == Diagnostic.Excerpt(line: "two three", column: 5, length: 5))
  }

  @Test func cutsLongLines() {
    let text = String(repeating: "é", count: 500) + "!" + String(repeating: "x", count: 500)
    let source = SourceFile(name: "m.graph", text: text)
    let excerpt = source.excerpt(of: SourceRange(start: 1000, end: 1001))
    #expect(excerpt.line.hasPrefix("…é") && excerpt.line.hasSuffix("x…"))
    #expect(excerpt.line.count < 170)
    #expect(Array(excerpt.line)[excerpt.column - 1] == "!")
  }

  @Test func hidesControlCharacters() {
    let source = SourceFile(name: "m.graph", text: "a\u{1B}[31m\tb")
    let excerpt = source.excerpt(of: SourceRange(start: 0, end: 1))
    #expect(excerpt.line == "a\u{FFFD}[31m\tb")
  }

  @Test func repairsBytes() {
    let source = SourceFile(name: "m.graph", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text == "a\u{FFFD}b")
  }

  @Test func refusesHugeFiles() {
    let text = String(repeating: " ", count: SourceFile.maximumSize + 1)
    let (tree, diagnostics) = SourceFile(name: "m.graph", text: text).parse()
    #expect(tree.statements.isEmpty)
    #expect(
      diagnostics.map(\.description) == [
        "m.graph:1: error: the file has 67108865 bytes; a graph file has at most 67108864"
      ])
  }

  @Test func refusesTooManyTokens() {
    let text = String(repeating: ",", count: SourceFile.maximumTokenCount + 1)
    let (tree, diagnostics) = SourceFile(name: "m.graph", text: text).parse()
    #expect(tree.statements.isEmpty)
    #expect(
      diagnostics.map(\.message) == ["the file has more than 4194304 words, numbers and signs"])
  }
}
