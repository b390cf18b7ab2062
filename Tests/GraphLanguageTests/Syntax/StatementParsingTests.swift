import GraphLanguage
import Testing

@Suite("Parsing statements")
struct StatementParsingTests {
  @Test(arguments: [
    ("placeholder x: Float64", "(placeholder x : Float64)"),
    ("placeholder images: Float32[?, 28, 28, 1]", "(placeholder images : Float32[? 28 28 1])"),
    ("placeholder x: Float32[*]", "(placeholder x : Float32[*])"),
    ("placeholder x: Float32[n * 2, ?]", "(placeholder x : Float32[(n * 2) ?])"),
    ("placeholder class: Int32 = 0", "(placeholder class : Int32 = 0)"),
    ("variable w: Float32[3, 4] = zeros", "(variable w : Float32[3 4] = zeros)"),
    ("variable w = f(x)", "(variable w = (call f x))"),
    ("parameter rate = 0.001", "(parameter rate = 0.001)"),
    ("parameter rate: Float32 = 1", "(parameter rate : Float32 = 1)"),
    ("parameter name = \"text\"", "(parameter name = \"text\")"),
    ("let y = x", "(let y = x)"),
    ("let y: Float32[2] = [1, 2]", "(let y : Float32[2] = [1 2])"),
    ("let (a, _) = block(x)", "(let (a _) = (call block x))"),
    ("var (a, b) = block(x)", "(var (a b) = (call block x))"),
    ("var x = 1", "(var x = 1)"),
    ("x = x * 2", "(set x = (x * 2))"),
    ("(a, b) = block(a)", "(set (a b) = (call block a))"),
    ("output y, dydx", "(output y dydx)"),
    ("output y = a + b, z", "(output y = (a + b) z)"),
    ("output y,\n  z", "(output y z)"),
    ("target train = minimize(loss)", "(target train = (call minimize loss))"),
    ("target a, b", "(target a b)"),
    ("import \"other.graph\"", "(import \"other.graph\")"),
    ("let `a/b` = `let`", "(let a/b = let)"),
    ("`a/b` = x", "(set a/b = x)"),
    ("placeholder `a/b`: Float32", "(placeholder a/b : Float32)"),
    ("output `a/b`, `c.d` = x", "(output a/b c.d = x)"),
    ("output \"a b\" = x, y, \"c\\(i)\" = z", "(output \"a b\" = x y \"c\\(i)\" = z)"),
    ("target \"t\" = x", "(target \"t\" = x)"),
    ("scope \"l\\(i)\" {}", "(scope \"l\\(i)\" {})"),
  ])
  func simpleStatements(text: String, expected: String) {
    #expect(parsed(text) == expected)
  }

  @Test(arguments: [
    (
      "func dense(_ x, units, activation = .relu) -> output { let output = x }",
      "(func dense (_/x units activation=.relu) (output) {(let output = x)})"
    ),
    (
      "func f(of y, in x) -> (a, b,) {}", "(func f (of/y in/x) (a b) {})"
    ),
    ("func constant() -> a\n{\n  let a = 1\n}", "(func constant () (a) {(let a = 1)})"),
    ("for i in 0..<n { x = x + i }", "(for i 0 ..< n {(set x = (x + i))})"),
    ("for _ in a + 1 ... 2 * b {}", "(for _ (a + 1) ... (2 * b) {})"),
    (
      "for i in 0..<2 {\n  scope \"s\" { let a = i; let b = a }\n}",
      "(for i 0 ..< 2 {(scope \"s\" {(let a = i) (let b = a)})})"
    ),
    ("scope \"a/b\" {\n}", "(scope \"a/b\" {})"),
  ])
  func blocks(text: String, expected: String) {
    #expect(parsed(text) == expected)
  }

  @Test("The words of statements are names elsewhere")
  func statementWordsAsNames() {
    let text = """
      let output = target + scope
      var variable = placeholder
      variable = parameter
      output = 1
      output output, target
      """
    #expect(
      parsed(text) == """
        (let output = (target + scope))
        (var variable = placeholder)
        (set variable = parameter)
        (set output = 1)
        (output output target)
        """)
  }

  @Test("Lines end statements, unless brackets or an operator keep them open")
  func lines() {
    let text = """
      let a = b
        + c
        - d // and on
        * e
      let f = g +
        h
      let i = j(
        k,
        l
        + m
      ); let n = 1;;
      let o = p
      q = r
      """
    #expect(
      parsed(text) == """
        (let a = (b + c - (d * e)))
        (let f = (g + h))
        (let i = (call j k (l + m)))
        (let n = 1)
        (let o = p)
        (set q = r)
        """)
  }

  @Test("A bracket that begins a line does not go on with the line above")
  func bracketsAtLineStart() {
    #expect(parsed("let a = f\n(b, c) = d") == "(let a = f)\n(set (b c) = d)")
  }

  @Test func emptyFiles() {
    #expect(parsed("") == "")
    #expect(parsed("// only a comment") == "")
    #expect(parsed("\n;\n") == "")
  }

  @Test("Statements without errors are kept")
  func partialTree() {
    let source = SourceFile(name: "model.graph", text: "let a = 1\nlet b = \nlet c = 3")
    let (tree, diagnostics) = source.parse()
    #expect(tree.statements.map(\.dump) == ["(let a = 1)", "(let c = 3)"])
    #expect(diagnostics.count == 1)
  }
}
