import Testing

@testable import GraphLanguage

@Suite("Lexer")
struct LexerTests {
  private func kinds(_ text: String) -> [Token.Kind] {
    var lexer = Lexer(SourceFile(name: "model.graph", text: text))
    lexer.run()
    return lexer.tokens.dropLast().map(\.kind)
  }

  private static let cases: [(text: String, kinds: [Token.Kind])] = [
    ("x x1 layer_2", [.identifier, .identifier, .identifier]),
    ("π pi", [.pi, .pi]),
    ("pie output", [.identifier, .identifier]),
    (
      "let var func for in import true false",
      [.let, .var, .func, .for, .in, .import, .true, .false]
    ),
    ("0 12 1_000 0xFF 0x_1", [.integer, .integer, .integer, .integer, .invalid]),
    ("0.5 1e3 1E-3 1.5e+2 1_0.0_1", [.decimal, .decimal, .decimal, .decimal, .decimal]),
    ("0..<3", [.integer, .halfOpenRange, .integer]),
    ("1...3", [.integer, .closedRange, .integer]),
    ("+ - * /", [.plus, .minus, .star, .slash]),
    (".> .< .>=", [.greater, .less, .greaterOrEqual]),
    (".<= .== .!=", [.lessOrEqual, .equalTo, .notEqualTo]),
    ("a.>b", [.identifier, .greater, .identifier]),
    ("> <= == !=", [.plainComparison, .plainComparison, .plainComparison, .plainComparison]),
    ("-> = , : ; ? _", [.arrow, .equal, .comma, .colon, .semicolon, .questionMark, .underscore]),
    (".relu x.shape", [.period, .identifier, .identifier, .period, .identifier]),
    (#""a \" b" "\\""#, [.string, .string]),
    (#""a\(f("b)", (1)))c" x"#, [.string, .identifier]),
    (#""\("\(1)")" "\\(""#, [.string, .string]),
    ("`a/b.c-d>e` `let` a/b", [.identifier, .identifier, .identifier, .slash, .identifier]),
    ("`a b` x", [.invalid, .identifier]),
    ("`a.x`.y", [.identifier, .period, .identifier]),
    ("a // b\nc", [.identifier, .identifier]),
    ("a+//b", [.identifier, .plus]),
    ("*-", [.invalid]),
    ("", []),
    ("\u{FEFF}x", [.identifier]),
  ]

  @Test(arguments: cases)
  func cutsIntoTokens(text: String, expected: [Token.Kind]) {
    #expect(kinds(text) == expected)
  }

  @Test func keepsComments() {
    var lexer = Lexer(SourceFile(name: "model.graph", text: "// one\nx // two\r\n//three"))
    lexer.run()
    #expect(lexer.comments.map(lexer.file.text(in:)) == ["// one", "// two", "//three"])
    #expect(lexer.tokens.map(\.startsLine) == [true, true])
  }

  @Test func marksLinesAndSpaces() {
    var lexer = Lexer(SourceFile(name: "model.graph", text: "a -b\n- c(-d)"))
    lexer.run()
    let signs = lexer.tokens.filter { $0.kind == .minus }
    #expect(signs.map(\.startsLine) == [false, true, false])
    #expect(signs.map(\.hasSpaceBefore) == [true, true, true])
    #expect(signs.map(\.hasSpaceAfter) == [false, true, false])
  }
}
