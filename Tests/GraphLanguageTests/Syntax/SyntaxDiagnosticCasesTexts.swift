// Texts with values, and names in backticks, with the whole text that is printed for them.
extension SyntaxDiagnosticCase {
  static let texts: [SyntaxDiagnosticCase] = [
    SyntaxDiagnosticCase(
      #"""
      for i in 0..<3 {
        scope "layer\(i" {
          let x = sin(1.0)
        }
      }
      let y = "open \(f("a)
      let z = "open \(f(a
      """#,
      #"""
      model.graph:2:15: error: the '\(' has no closing ')' in its line
        scope "layer\(i" {
                    ^~
      model.graph:6:15: error: the '\(' has no closing ')' in its line
      let y = "open \(f("a)
                    ^~
      model.graph:7:15: error: the '\(' has no closing ')' in its line
      let z = "open \(f(a
                    ^~
      """#),
    SyntaxDiagnosticCase(
      #"""
      let a = "\()"
      let b = "a\(1 +)"
      let c = "a\(1 2)"
      let d = "a\($)"
      let e = "a\(1 // c)"
      let f = "\q\(x\)"
      """#,
      #"""
      model.graph:1:12: error: expected a value before ')'
      let a = "\()"
                 ^
      model.graph:2:16: error: expected a value before ')'
      let b = "a\(1 +)"
                     ^
      model.graph:3:15: error: expected ')' before '2'
      let c = "a\(1 2)"
                    ^
      model.graph:4:13: error: '$' is not part of the language
      let d = "a\($)"
                  ^
      model.graph:5:15: error: a comment cannot stand inside of a string
      let e = "a\(1 // c)"
                    ^~~~
      model.graph:6:10: error: '\q' is not an escape
      let f = "\q\(x\)"
               ^~
      note: the escapes are \n \t \r \0 \" \' \\, \u{1F600} and \(a value)
      model.graph:6:15: error: '\' is not part of the language
      let f = "\q\(x\)"
                    ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let y = "\("\("\("\("\("\("\("\("\("\(1)")")")")")")")")")"
      """#,
      #"""
      model.graph:1:33: error: strings stand more than 8 deep in one another
      let y = "\("\("\("\("\("\("\("\("\("\(1)")")")")")")")")")"
                                      ^
      """#),
    SyntaxDiagnosticCase(
      #"""
      let `a b` = 1
      let `x = 2
      let `` = 1
      let `_x` = 1
      let a`b` = 1
      """#,
      #"""
      model.graph:1:5: error: `a b` cannot name a node
      let `a b` = 1
          ^~~~~
      note: it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
      model.graph:2:5: error: the name has no closing '`' in its line
      let `x = 2
          ^~~~~~
      model.graph:3:5: error: `` cannot name a node
      let `` = 1
          ^~
      note: it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
      model.graph:4:5: error: `_x` cannot name a node
      let `_x` = 1
          ^~~~
      note: it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
      model.graph:5:6: error: expected '=' and a value before '`b`'
      let a`b` = 1
           ^~~
      """#),
    SyntaxDiagnosticCase(
      #"""
      output "x"
      target "y", z
      """#,
      #"""
      model.graph:1:11: error: expected '=' and a value at the end of the line
      output "x"
                ^
      note: a name in quotes names an output only, and no node
      model.graph:2:11: error: expected '=' and a value before ','
      target "y", z
                ^
      note: a name in quotes names a target only, and no node
      """#),
  ]
}
