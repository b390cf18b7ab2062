// Statements with a block, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let blocks: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      scope layer {
        let = 3
      }
      """#,
      #"""
      model.graph:1:7: error: expected a name in quotes before 'layer'
      scope layer {
            ^~~~~
      note: write 'scope "name" { … }'
      model.graph:2:7: error: expected a name before '='
        let = 3
            ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      scope "layer" {
        let y = 1
      """#,
      #"""
      model.graph:2:12: error: expected '}' at the end of the file
        let y = 1
                 ^
      model.graph:1:15: note: the '{' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 1
      }
      """#,
      #"""
      model.graph:2:1: error: there is no '{' for this '}'
      }
      ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      for i in 10 {
        let y = i
      }
      """#,
      #"""
      model.graph:1:13: error: expected '..<' before '{'
      for i in 10 {
                  ^
      note: write it as 'for i in 0..<n { … }'
      """#),
    SyntaxDiagnosticCase(
      #"""
      for i 0..<3 {
        let y = > 3
      }
      """#,
      #"""
      model.graph:1:7: error: expected 'in' before '0'
      for i 0..<3 {
            ^
      note: write it as 'for i in 0..<n { … }'
      model.graph:2:11: error: expected a value before '>'
        let y = > 3
                ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      for i in 0..3 {
      }
      """#,
      #"""
      model.graph:1:11: error: there is no operator '..'
      for i in 0..3 {
                ^~
      note: a range is written '0..<n' or '1...n'
      """#),
    SyntaxDiagnosticCase(
      #"""
      for i in 0..<3
      let y = 1
      """#,
      #"""
      model.graph:1:15: error: expected '{' at the end of the line
      for i in 0..<3
                    ^
      note: write it as 'for i in 0..<n { … }'
      """#),
    SyntaxDiagnosticCase(
      #"""
      func dense(_ x: Float32, units) -> y {
      }
      """#,
      #"""
      model.graph:1:15: error: a parameter of a 'func' has no type
      func dense(_ x: Float32, units) -> y {
                    ^
      note: write only its name, and a default as 'x = 0.5'
      """#),
    SyntaxDiagnosticCase(
      #"""
      func dense(_ x, units) {
        return x
      }
      """#,
      #"""
      model.graph:1:24: error: expected '->' and the names of the results before '{'
      func dense(_ x, units) {
                             ^
      note: they are names that the body declares with 'let'
      model.graph:2:3: error: there is no statement 'return'
        return x
        ^~~~~~
      note: the results of a 'func' are the names after its '->'
      """#),
    SyntaxDiagnosticCase(
      #"""
      func dense(_ x) -> () {
      }
      """#,
      #"""
      model.graph:1:20: error: a 'func' has at least one result
      func dense(_ x) -> () {
                         ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      func (x) -> y {
      }
      """#,
      #"""
      model.graph:1:6: error: expected the name of a block before '('
      func (x) -> y {
           ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      if x { }
      """#,
      #"""
      model.graph:1:1: error: there is no statement 'if'
      if x { }
      ^~
      note: a condition on values is an operator; one on sizes is not part of the language
      """#),
    SyntaxDiagnosticCase(
      #"""
      def f(x):
        return x
      """#,
      #"""
      model.graph:1:1: error: there is no statement 'def'
      def f(x):
      ^~~
      note: a block is written 'func name(_ x) -> result { … }'
      model.graph:2:3: error: there is no statement 'return'
        return x
        ^~~~~~
      note: the results of a 'func' are the names after its '->'
      """#),
  ]
}
