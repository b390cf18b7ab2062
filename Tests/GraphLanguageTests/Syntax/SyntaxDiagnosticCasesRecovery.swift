// Several errors at once, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let recovery: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      placeholdr x: Float64
      let y = x >= 2
      let z = sin(
      output y
      """#,
      #"""
      model.graph:1:1: error: there is no statement 'placeholdr'
      placeholdr x: Float64
      ^~~~~~~~~~
      note: did you mean 'placeholder'?
      model.graph:2:11: error: '>=' does not compare values
      let y = x >= 2
                ^~
      note: write '.>=' to compare element by element
      model.graph:3:13: error: expected a value or ')' at the end of the line
      let z = sin(
                  ^
      model.graph:3:12: note: the '(' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      func f(_ x) -> y {
        let y = x +
        let z = y)
      }
      outptu y
      """#,
      #"""
      model.graph:2:14: error: expected a value at the end of the line
        let y = x +
                   ^
      model.graph:3:12: error: expected a new line or ';' before ')'
        let z = y)
                 ^
      model.graph:5:1: error: there is no statement 'outptu'
      outptu y
      ^~~~~~
      note: did you mean 'output'?
      """#),
    SyntaxDiagnosticCase(
      #"""
      let a = f(
        1 2,
        b = 3
      )
      let c = ]
      """#,
      #"""
      model.graph:2:5: error: expected ',' or ')' before '2'
        1 2,
          ^
      model.graph:1:10: note: the '(' is here
      model.graph:3:8: error: expected a value at the end of the line
        b = 3
             ^
      model.graph:5:9: error: expected a value before ']'
      let c = ]
              ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      scope "a" {
        for i in 0..<3 {
          let y = i * $
        let z = [1
      }
      """#,
      #"""
      model.graph:3:17: error: '$' is not part of the language
          let y = i * $
                      ^
      model.graph:4:13: error: expected ',' or ']' at the end of the line
        let z = [1
                  ^
      model.graph:4:11: note: the '[' is here
      model.graph:5:2: error: expected '}' at the end of the file
      }
       ^
      model.graph:1:11: note: the '{' is here
      """#),
  ]
}
