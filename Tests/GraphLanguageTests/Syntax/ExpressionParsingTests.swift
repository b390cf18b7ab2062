import GraphLanguage
import Testing

@Suite("Parsing expressions")
struct ExpressionParsingTests {
  @Test(arguments: [
    ("2 * x * sin(π * x)", "(2 * x * (call sin (π * x)))"),
    ("a + b - c", "(a + b - c)"),
    ("a + b * c - d / e", "(a + (b * c) - (d / e))"),
    ("a * b + c", "((a * b) + c)"),
    ("(a + b) * c", "((a + b) * c)"),
    ("a - (b - c)", "(a - (b - c))"),
    ("a + b .> c * d", "((a + b) .> (c * d))"),
    ("(a .< b) .== (c .!= d)", "((a .< b) .== (c .!= d))"),
    ("a .<= b", "(a .<= b)"),
    ("a .>= b", "(a .>= b)"),
    ("-a * b", "((neg a) * b)"),
    ("a * -b", "(a * (neg b))"),
    ("a*b-c", "((a * b) - c)"),
    ("-(-a)", "(neg (neg a))"),
    ("-x.y", "(neg (x . y))"),
    ("-2", "(neg 2)"),
  ])
  func operators(text: String, expected: String) {
    #expect(parsedExpression(text) == expected)
  }

  @Test(arguments: [
    ("matmul(a, b, transposeA: true)", "(call matmul a b transposeA:true)"),
    ("gradient(of: y, withRespectTo: x)", "(call gradient of:y withRespectTo:x)"),
    ("f()", "(call f)"),
    ("f(in: 1, pi: 2, let: 3)", "(call f in:1 pi:2 let:3)"),
    ("f(a, b,)", "(call f a b)"),
    ("f (x)", "(call f x)"),
    ("block(x).output", "((call block x) . output)"),
    ("x.shape[0]", "(at (x . shape) 0)"),
    ("list[0][1, -1]", "(at (at list 0) 1 (neg 1))"),
    ("x.sum(axis: 0).y", "((call (x . sum) axis:0) . y)"),
    (".adam(rate: 0.1)", "(call .adam rate:0.1)"),
    ("x.in", "(x . in)"),
    ("block(x)\n  .output\n  .shape", "(((call block x) . output) . shape)"),
    ("f(\n  a\n    + b,\n  c\n)", "(call f (a + b) c)"),
  ])
  func calls(text: String, expected: String) {
    #expect(parsedExpression(text) == expected)
  }

  @Test(arguments: [
    ("0xFF", "255"), ("1_000", "1000"), ("18446744073709551615", "18446744073709551615"),
    ("0.25", "0.25"), ("1e3", "1000.0"), ("1_0.5", "10.5"), ("0.0e-999", "0.0"),
    ("5e-324", "5e-324"),
    ("true", "true"), ("false", "false"), ("π", "π"), ("pi", "π"), (".pi", "π"),
    (".same", ".same"), ("[]", "[]"), ("[1, [2, 3], [],]", "[1 [2 3] []]"),
    (#""a\n\t\"\\\u{3C0}\0""#, "\"a\n\t\"\\π\0\""), (#""""#, "\"\""),
    (#""π // no""#, "\"π // no\""),
    (#""layer\(i)_\(n + 1)""#, #""layer\(i)_\((n + 1))""#),
    (#""\(f("a)\(b)", (c)))""#, #""\((call f "a)\(b)" c))""#),
    (#""\(a)\(b)""#, #""\(a)\(b)""#), (#""\\(a)""#, #""\(a)""#),
    (".infinity", "∞"), ("-.nan", "(neg nan)"),
    ("`a/b` / `in`", "(a/b / in)"), ("f(`x`: `y.z`.w)", "(call f x:(y.z . w))"),
  ])
  func literals(text: String, expected: String) {
    #expect(parsedExpression(text) == expected)
  }

  @Test func everyPartHasItsRange() throws {
    let source = SourceFile(name: "model.graph", text: "let y = (a + b) * f(n: -c)[0]")
    let statement = try #require(source.parse().tree.statements.first)
    guard case .binding(let binding) = statement.kind,
      case .operation(let left, let steps) = binding.value.kind,
      case .subscripted(let call, let indices) = steps[0].operand.kind,
      case .call(let callee, let arguments) = call.kind
    else {
      Issue.record("another tree")
      return
    }
    let texts = [
      statement.range, binding.pattern[0].range, binding.value.range, left.range,
      steps[0].operatorRange, steps[0].operand.range, call.range, callee.range,
      arguments[0].range, arguments[0].value.range, indices[0].range,
    ].map(source.text(in:))
    #expect(
      texts == [
        source.text, "y", "(a + b) * f(n: -c)[0]", "(a + b)", "*", "f(n: -c)[0]", "f(n: -c)", "f",
        "n: -c", "-c", "0",
      ])
  }
}
