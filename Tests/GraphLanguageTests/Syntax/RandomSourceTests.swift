import GraphIR
import GraphLanguage
import Testing

@Suite("Random sources")
struct RandomSourceTests {
  /// Parses, prints what is wrong, and checks the formatter on what is right.
  private func exercise(_ source: SourceFile) -> Bool {
    let (tree, diagnostics) = source.parse()
    #expect(diagnostics.count <= 50)
    guard diagnostics.isEmpty else {
      #expect(diagnostics.allSatisfy { !$0.description.isEmpty })
      return false
    }
    expectFormatKeepsTree(source, tree.statements.map(\.dump))
    return true
  }

  @Test func bytes() {
    var random = FixedRandomNumbers(seed: 1)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...32, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = exercise(SourceFile(name: "random.graph", bytes: bytes))
    }
  }

  private static let words =
    ["placeholder", "variable", "let", "var", "parameter", "func", "for", "in", "scope", "import"]
    + ["output", "target", "true", "false", "π", "pi", "x", "y", "f", "Float32", "_", "\"s\""]
    + [
      "0", "1.5", "0x1F", "1e3", ".5", "2x", "(", ")", "[", "]", "{", "}", ",", ":", ";", "=", "->",
    ]
    + ["..<", "...", "?", "*", "+", "-", "/", ".>", ".==", ">", "%", ".", ".relu", "// c\n", "\n"]
    + ["`", "`a/b`", "\\(", "\"\\(", "\"a\\(x)\"", "\"\\(\"", ")\"", ".nan"]
    + ["/*", "*/", "\"", "\\", "\u{301}", "é", "x =", "let x =", "f(", "x: Float32", "{\n", "}\n"]

  @Test func tokens() {
    var random = FixedRandomNumbers(seed: 2)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...24, using: &random)
      var text = ""
      for _ in 0..<count {
        text += Self.words.randomElement(using: &random) ?? ""
        text += ["", " ", " ", "\n"].randomElement(using: &random) ?? ""
      }
      _ = exercise(SourceFile(name: "random.graph", text: text))
    }
  }

  private static let expressions = [
    "a", "-a", "a + b", "a\n  + b", "f( a )", "f(a,b)", "f(\n n : a // why\n,b\n)", "[ 1,2 ]",
    "[\n\n1 ,\n\n// two\n2\n\n]", "x . y", "x[ 0 ]", "x\n .y", ".relu", "a *\n// then\n b", "( a )",
    "-.pi*2", "f(-1, g(h(\n a\n), b)\n)", "a .> -b", "\"a b\"", "`a/b`",
    "\"a\\( x+1 )\\(f(\"b\"))\"",
  ]
  private static let statements = [
    "let y=@", "let ( a,_ )=@", "var y : Float32[ ?,2 ]=@", "y=@", "output y , z", "output y=@,z",
    "target t = @", "output \"r\\(i)\"=@", "for i in 0 ..< @ {", "for _ in @...-1{",
    "scope \"s\"\n{",
    "func f(_ x,y=@)->z{",
    "func f( of x )->( a,b ) // c\n{", "}", "}", "// note  ", "placeholder x:Float32[ * ]",
    "parameter p=@", "{",
  ]

  @Test("Formatting keeps the tree of whatever parses")
  func formatting() {
    var random = FixedRandomNumbers(seed: 3)
    var correct = 0
    for _ in 0..<4_000 {
      var text = ""
      var depth = 0
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let statement = Self.statements.randomElement(using: &random) ?? ""
        if statement == "}" && depth == 0 { continue }
        depth += statement.hasSuffix("{") ? 1 : statement == "}" ? -1 : 0
        for (index, part) in statement.split(separator: "@").enumerated() {
          if index > 0 || statement.hasPrefix("@") { text += randomExpression(&random) }
          text += part
        }
        if statement.hasSuffix("@") { text += randomExpression(&random) }
        let endings =
          statement.hasPrefix("//") ? ["\n", "\n\n\n"] : ["\n", "\n\n\n", ";", " // c \n"]
        text += endings.randomElement(using: &random) ?? ""
      }
      text += String(repeating: "\n}", count: depth)
      if exercise(SourceFile(name: "random.graph", text: text)) { correct += 1 }
    }
    #expect(correct > 1_500)
  }

  private func randomExpression(_ random: inout FixedRandomNumbers) -> String {
    Self.expressions.randomElement(using: &random) ?? ""
  }

  @Test("Errors all over a large file take no more than a moment")
  func manyErrors() {
    for line in ["scope $\n", "for $\n", "(a\n", "x $ {\n", "é\n", "func f(\n", "scope\n", "\"\n"] {
      let text = String(repeating: line, count: 20_000)
      let diagnostics = SourceFile(name: "large.graph", text: text).parse().diagnostics
      #expect((1...50).contains(diagnostics.count))
    }
  }
}
