// Operators, calls and brackets, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let expressions: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      let y = a > b
      """#,
      #"""
      model.graph:1:11: error: '>' does not compare values
      let y = a > b
                ^
      note: write '.>' to compare element by element
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a .> b .> c
      """#,
      #"""
      model.graph:1:16: error: comparisons cannot be chained
      let y = a .> b .> c
                     ^~
      note: put one of them in parentheses
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a -b
      """#,
      #"""
      model.graph:1:11: error: '-' needs a space on both sides or on neither
      let y = a -b
                ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a
      -b
      """#,
      #"""
      model.graph:2:1: error: a value alone does nothing
      -b
      ^~
      note: to go on with the line above, put a space after the '-'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = - a
      """#,
      #"""
      model.graph:1:9: error: '-' stands directly before its value
      let y = - a
              ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = +a
      """#,
      #"""
      model.graph:1:9: error: there is no '+' before a value
      let y = +a
              ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a
        +b
      """#,
      #"""
      model.graph:2:3: error: there is no '+' before a value
        +b
        ^
      note: to go on with the line above, put a space after the '+'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 2 π
      """#,
      #"""
      model.graph:1:11: error: expected a new line or ';' before 'π'
      let y = 2 π
                ^
      note: to multiply, write '*' between the two
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 2(x + 1)
      """#,
      #"""
      model.graph:1:10: error: expected a new line or ';' before '('
      let y = 2(x + 1)
               ^
      note: to multiply, write '*' between the two
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = sin(x
      let z = cos(x)
      """#,
      #"""
      model.graph:1:14: error: expected ',' or ')' at the end of the line
      let y = sin(x
                   ^
      model.graph:1:12: note: the '(' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = matmul(a, b, transposeA = true)
      """#,
      #"""
      model.graph:1:33: error: an argument is passed with ':'
      let y = matmul(a, b, transposeA = true)
                                      ^
      note: write 'transposeA: …'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = [1, 2 3]
      """#,
      #"""
      model.graph:1:15: error: expected ',' or ']' before '3'
      let y = [1, 2 3]
                    ^
      model.graph:1:9: note: the '[' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = [a, b)
      let z = 2
      """#,
      #"""
      model.graph:1:14: error: expected ',' or ']' before ')'
      let y = [a, b)
                   ^
      model.graph:1:9: note: the '[' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = (a, b)
      """#,
      #"""
      model.graph:1:9: error: several values in parentheses are not a value
      let y = (a, b)
              ^~~~~~
      note: a list is written '[a, b]'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = (a,)
      """#,
      #"""
      model.graph:1:12: error: expected a value before ')'
      let y = (a,)
                 ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = ()
      """#,
      #"""
      model.graph:1:9: error: expected a value between '(' and ')'
      let y = ()
              ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = x[]
      """#,
      #"""
      model.graph:1:11: error: expected an index before ']'
      let y = x[]
                ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = block(x).0
      """#,
      #"""
      model.graph:1:18: error: expected a name directly after '.' before '0'
      let y = block(x).0
                       ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = x. shape
      """#,
      #"""
      model.graph:1:12: error: expected a name directly after '.' before 'shape'
      let y = x. shape
                 ^~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 3.shape
      """#,
      #"""
      model.graph:1:10: error: a number has no members
      let y = 3.shape
               ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 3[0]
      """#,
      #"""
      model.graph:1:10: error: a number has no elements
      let y = 3[0]
               ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = _
      """#,
      #"""
      model.graph:1:9: error: '_' is not a value
      let y = _
              ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = func
      """#,
      #"""
      model.graph:1:9: error: expected a value before 'func'
      let y = func
              ^~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = { x }
      """#,
      #"""
      model.graph:1:9: error: expected a value before '{'
      let y = { x }
              ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      	let πy = (a +	b
      """#,
      #"""
      model.graph:1:6: error: 'π' is the constant and cannot be a name
      	let πy = (a +	b
      	    ^
      """#),
  ]
}
