// Characters, numbers and strings, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let tokens: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      let y = 2x + 2π
      """#,
      #"""
      model.graph:1:9: error: '2x' is neither a number nor a name
      let y = 2x + 2π
              ^~
      note: to multiply, write '2 * x'
      model.graph:1:14: error: '2π' is neither a number nor a name
      let y = 2x + 2π
                   ^~
      note: to multiply, write '2 * π'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = .5 * x
      """#,
      #"""
      model.graph:1:9: error: a number begins with a digit
      let y = .5 * x
              ^~
      note: write '0.5'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 1e * x
      """#,
      #"""
      model.graph:1:9: error: the number '1e' has an exponent without digits
      let y = 1e * x
              ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 1e999
      """#,
      #"""
      model.graph:1:9: error: 1e999 is larger than any Float64
      let y = 1e999
              ^~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 1e-999
      """#,
      #"""
      model.graph:1:9: error: 1e-999 is smaller than any Float64
      let y = 1e-999
              ^~~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 99999999999999999999
      """#,
      #"""
      model.graph:1:9: error: the integer 99999999999999999999 is larger than 18446744073709551615
      let y = 99999999999999999999
              ^~~~~~~~~~~~~~~~~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 0x
      """#,
      #"""
      model.graph:1:9: error: the number '0x' has no digits
      let y = 0x
              ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = 0b101
      """#,
      #"""
      model.graph:1:9: error: '0b101' is neither a number nor a name
      let y = 0b101
              ^~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      parameter name = "text
      let y = 1
      """#,
      #"""
      model.graph:1:18: error: the string has no closing '"' in its line
      parameter name = "text
                       ^~~~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      parameter name = "a\qb\(x)"
      """#,
      #"""
      model.graph:1:20: error: '\q' is not an escape
      parameter name = "a\qb\(x)"
                         ^~
      note: the escapes are \n \t \r \0 \" \' \\, \u{1F600} and \(a value)
      """#),
    SyntaxDiagnosticCase(
      #"""
      let größe = 1
      let _a = 2
      """#,
      #"""
      model.graph:1:5: error: 'größe' is not a name
      let größe = 1
          ^~~~~
      note: a name is ASCII letters, digits and '_', and begins with a letter
      model.graph:2:5: error: '_a' is not a name
      let _a = 2
          ^~
      note: a name is ASCII letters, digits and '_', and begins with a letter
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a − b
      """#,
      #"""
      model.graph:1:11: error: '−' is not part of the language
      let y = a − b
                ^
      note: write '-'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = $x @ 3 # why
      """#,
      #"""
      model.graph:1:9: error: '$' is not part of the language
      let y = $x @ 3 # why
              ^
      model.graph:1:12: error: '@' is not part of the language
      let y = $x @ 3 # why
                 ^
      model.graph:1:16: error: '#' is not part of the language
      let y = $x @ 3 # why
                     ^
      note: write a comment as '// …'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = “text”
      """#,
      #"""
      model.graph:1:9: error: '“' is not part of the language
      let y = “text”
              ^
      note: write '"'
      model.graph:1:14: error: '”' is not part of the language
      let y = “text”
                   ^
      note: write '"'
      """#),
    SyntaxDiagnosticCase(
      #"""
      /* block */ let y = 1
      """#,
      #"""
      model.graph:1:1: error: a comment begins with '//'; there are no '/* */' comments
      /* block */ let y = 1
      ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = a *-b
      """#,
      #"""
      model.graph:1:11: error: there is no operator '*-'
      let y = a *-b
                ^~
      note: put a space before '-'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = x % 2 && z
      """#,
      #"""
      model.graph:1:11: error: there is no operator '%'
      let y = x % 2 && z
                ^
      model.graph:1:15: error: there is no operator '&&'
      let y = x % 2 && z
                    ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = x ** 2
      """#,
      #"""
      model.graph:1:11: error: there is no operator '**'
      let y = x ** 2
                ^~
      note: write a power as 'pow(x, y)'
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = --x
      """#,
      #"""
      model.graph:1:9: error: there is no operator '--'
      let y = --x
              ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      x += 1
      """#,
      #"""
      model.graph:1:3: error: there is no operator '+='
      x += 1
        ^~
      note: write it in full, as in 'x = x + y'
      """#),
  ]
}
