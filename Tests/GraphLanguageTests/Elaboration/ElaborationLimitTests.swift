import GraphIR
import GraphLanguage
import Testing

@Suite("Limits of elaboration", .timeLimit(.minutes(5)))
struct ElaborationLimitTests {
  /// The messages about a text that has errors.
  private func messages(
    _ text: String, limits: GraphLimits = GraphLimits(nodeCount: 100_000)
  ) -> [String] {
    do {
      _ = try compiled(text, limits: limits)
      return []
    } catch let error as GraphError {
      return error.diagnostics.map(\.message)
    } catch {
      return ["\(error)"]
    }
  }

  /// Blocks that call each other, f0 calling f1 and so on, each with the same body.
  private func chain(_ count: Int, _ body: (_ next: String) -> String) -> String {
    let blocks = (0..<count).map { index in
      "func f\(index)(_ x) -> y {\n\(body("f\(index + 1)"))\n}\n"
    }
    return blocks.joined() + "func f\(count)(_ x) -> y {\n  let y = x\n}\nlet z = f0(1)\n"
  }

  @Test("Calls are nested 64 levels deep and no more")
  func callDepth() {
    #expect(messages(chain(63) { "  let y = \($0)(x)" }).isEmpty)
    #expect(
      messages(chain(64) { "  let y = \($0)(x)" })
        == ["calls are nested more than 64 levels deep"])
  }

  @Test("Expressions and blocks of nested calls are limited together")
  func depth() {
    let deep = { (next: String) in
      "  let y = " + String(repeating: "[", count: 150) + next + "(x)"
        + String(repeating: "]", count: 150)
    }
    #expect(
      messages(chain(60, deep)).first
        == "expressions and blocks are nested more than 1000 levels deep here")
  }

  @Test("Work that multiplies ends")
  func work() {
    let doubling = chain(60) { "  let a = \($0)(x)\n  let y = \($0)(a)" }
    #expect(
      messages(doubling, limits: GraphLimits(nodeCount: 5_000))
        == ["building the graph takes more than 110000 steps"])
  }

  @Test("A graph has no more nodes than its limit")
  func nodes() {
    let text = "placeholder x: Float32\nvar y = x\nfor i in 0..<90 {\n  y = sin(y)\n}\n"
    #expect(messages(text, limits: GraphLimits(nodeCount: 91)).isEmpty)
    #expect(
      messages(text, limits: GraphLimits(nodeCount: 90))
        == ["sin: the graph has reached its limit of 90 nodes"])
    #expect(
      messages("placeholder x: Int32\nlet y = x\n", limits: GraphLimits(nodeCount: 1))
        == ["identity: the graph has reached its limit of 1 nodes"])
  }

  @Test("Lists and results grow to a limit")
  func groups() {
    let doubled = (1...30).map { "let a\($0) = [a\($0 - 1), a\($0 - 1)]\n" }.joined()
    let message = "this holds more than 16777216 parts, or more than 32 levels of them"
    #expect(messages("let a0 = [1, 2]\n" + doubled) == [message])
    #expect(messages("var a = [1]\nfor i in 0..<50 {\n  a = [a]\n}\n") == [message])
    #expect(
      messages(
        """
        func f(_ x) -> (a, b) {
          let a = x
          let b = 1
        }
        var r = f(1)
        for i in 0..<100 {
          r = f(r)
        }
        """) == [message])
  }

  @Test("Names grow to a limit")
  func names() {
    let long = String(repeating: "a", count: 700)
    let text =
      "scope \"\(long)\" {\n  scope \"\(long)\" {\n    scope \"\(long)\" {\n      let x = 1\n    }\n  }\n}\n"
    #expect(messages(text) == ["the names in here are longer than 2048 characters"])
    #expect(
      messages("placeholder \(String(repeating: "x", count: 3_000)): Int32\n")
        == ["the name of the node is longer than 2048 characters"])
  }

  @Test("Imports have a limit")
  func imports() {
    let error = #expect(throws: GraphError.self) {
      try GraphCompiler().compile(SourceFile(name: "0", text: "import \"1\"\n")) { path, _ in
        SourceFile(name: path, text: "import \"\((Int(path) ?? 0) + 1)\"\n")
      }
    }
    #expect(error?.diagnostics.count == 1)
    #expect(error?.diagnostics[0].message.hasPrefix("a graph is made of at most 256 files") == true)
  }

  @Test("A long line of calls takes time in proportion to its length")
  func longLine() {
    let calls = String(repeating: "sin(x), ", count: 20_000)
    #expect(messages("placeholder x: Float32; let y = addN(\(calls)x)\n").isEmpty)
  }
}
