// Statements in one line, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let statements: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      placholder x: Float64
      """#,
      #"""
      model.graph:1:1: error: there is no statement 'placholder'
      placholder x: Float64
      ^~~~~~~~~~
      note: did you mean 'placeholder'?
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x
      """#,
      #"""
      model.graph:1:14: error: expected ':' and a type at the end of the file
      placeholder x
                   ^
      note: write it as 'placeholder x: Float32[?, 3]'
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder : Float64
      """#,
      #"""
      model.graph:1:13: error: expected the name of a placeholder before ':'
      placeholder : Float64
                  ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x: Float32(3, 4)
      """#,
      #"""
      model.graph:1:23: error: the sizes of a type stand in brackets
      placeholder x: Float32(3, 4)
                            ^
      note: write it as 'Float32[?, 3]'
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x: Float32[]
      """#,
      #"""
      model.graph:1:16: error: a type with brackets has at least one size
      placeholder x: Float32[]
                     ^~~~~~~~~
      note: a scalar is written 'Float32'
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x: Float32[*, 3]
      """#,
      #"""
      model.graph:1:24: error: '*' stands for all of the sizes
      placeholder x: Float32[*, 3]
                             ^
      note: one open size is written '?'
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x: Float32[_, 3]
      """#,
      #"""
      model.graph:1:24: error: an open size is written '?'
      placeholder x: Float32[_, 3]
                             ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder x: Float32[?, 3
      let y = x
      """#,
      #"""
      model.graph:1:28: error: expected ',' or ']' at the end of the line
      placeholder x: Float32[?, 3
                                 ^
      model.graph:1:23: note: the '[' is here
      """#),
    SyntaxDiagnosticCase(
      #"""
      placeholder in: Float32
      """#,
      #"""
      model.graph:1:13: error: 'in' is a keyword and cannot be a name
      placeholder in: Float32
                  ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let π = 3
      """#,
      #"""
      model.graph:1:5: error: 'π' is the constant and cannot be a name
      let π = 3
          ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      in = 3
      """#,
      #"""
      model.graph:1:1: error: 'in' is a keyword and cannot be a name
      in = 3
      ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y 3
      """#,
      #"""
      model.graph:1:7: error: expected '=' and a value before '3'
      let y 3
            ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y =
      let z = 1
      """#,
      #"""
      model.graph:1:8: error: expected a value at the end of the line
      let y =
             ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let (a, b): Float32 = f(x)
      """#,
      #"""
      model.graph:1:11: error: names in parentheses have no type
      let (a, b): Float32 = f(x)
                ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let () = f(x)
      """#,
      #"""
      model.graph:1:6: error: expected a name before ')'
      let () = f(x)
           ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      variable w: Float32[3]
      """#,
      #"""
      model.graph:1:23: error: expected '=' and a value at the end of the file
      variable w: Float32[3]
                            ^
      note: write it as 'variable w: Float32[3, 4] = zeros'
      """#),
    SyntaxDiagnosticCase(
      #"""
      parameter rate: Float32
      """#,
      #"""
      model.graph:1:24: error: expected '=' and a value at the end of the file
      parameter rate: Float32
                             ^
      note: write it as 'parameter rate = 0.001'
      """#),
    SyntaxDiagnosticCase(
      #"""
      x + 1
      """#,
      #"""
      model.graph:1:1: error: a value alone does nothing
      x + 1
      ^~~~~
      note: give it a name, as in 'let name = …'
      """#),
    SyntaxDiagnosticCase(
      #"""
      x: Float64
      """#,
      #"""
      model.graph:1:1: error: expected a statement before 'x'
      x: Float64
      ^
      note: what is fed is written 'placeholder x: …'
      """#),
    SyntaxDiagnosticCase(
      #"""
      print(x)
      """#,
      #"""
      model.graph:1:1: error: there is no statement 'print'
      print(x)
      ^~~~~
      note: what a run gives is named with 'output'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let x = 1 let z = 2
      """#,
      #"""
      model.graph:1:11: error: expected a new line or ';' before 'let'
      let x = 1 let z = 2
                ^~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      import other.graph
      """#,
      #"""
      model.graph:1:8: error: expected a file in quotes before 'other'
      import other.graph
             ^~~~~
      note: write 'import "other.graph"'
      """#),
    SyntaxDiagnosticCase(
      #"""
      output
      """#,
      #"""
      model.graph:1:7: error: expected the name of an output at the end of the file
      output
            ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      output y,
      """#,
      #"""
      model.graph:1:10: error: expected the name of an output at the end of the file
      output y,
               ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      target train == 3
      """#,
      #"""
      model.graph:1:14: error: expected a new line or ';' before '=='
      target train == 3
                   ^~
      """#),
  ]
}
