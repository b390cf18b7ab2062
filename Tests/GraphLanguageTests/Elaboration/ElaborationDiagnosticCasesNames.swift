// Names and what is declared, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let names: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      placeholder image: Float32
      let y = sin(imge)
      output y
      """#,
      #"""
      model.graph:2:13: error: 'imge' is not declared
      let y = sin(imge)
                  ^~~~
      note: did you mean 'image'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y = w + 1
      let w = 2
      """#,
      #"""
      model.graph:1:9: error: 'w' is used before it is declared
      let y = w + 1
              ^
      model.graph:2:5: note: it is declared here
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let y = x
      let y = sin(x)
      """#,
      #"""
      model.graph:3:5: error: 'y' is already declared
      let y = sin(x)
          ^
      model.graph:2:5: note: the first one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let y = sin
      let z = x(2)
      """#,
      #"""
      model.graph:2:9: error: 'sin' is a function and must be called
      let y = sin
              ^~~
      note: it is sin(_ x)
      model.graph:3:9: error: 'x' is a value of type Float32 and cannot be called
      let z = x(2)
              ^
      model.graph:1:13: note: it is declared here
      """#),
    ElaborationDiagnosticCase(
      #"""
      let (a, a) = [1, 2]
      let b = a + 1
      """#,
      #"""
      model.graph:1:9: error: 'a' is already declared
      let (a, a) = [1, 2]
              ^
      model.graph:1:6: note: the first one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      let n = 3
      n = 4
      """#,
      #"""
      model.graph:2:1: error: 'n' is declared with 'let' and cannot change
      n = 4
      ^
      model.graph:1:5: note: it is declared here
      note: declare it with 'var n = …'
      """#),
    ElaborationDiagnosticCase(
      #"""
      for i in 0..<3 {
        i = 2
      }
      """#,
      #"""
      model.graph:2:3: error: 'i' is the counter of a loop and cannot change
        i = 2
        ^
      model.graph:1:5: note: it is declared here
      """#),
    ElaborationDiagnosticCase(
      #"""
      var n = 3
      func f(_ x) -> y {
        n = x
        let y = x
      }
      let z = f(1)
      """#,
      #"""
      model.graph:3:3: error: a 'func' cannot change 'n', which is declared outside of it
        n = x
        ^
      model.graph:1:5: note: it is declared here
      note: make the new value a result, and assign it where it is called
      model.graph:6:9: note: 'f' is called here
      """#),
    ElaborationDiagnosticCase(
      #"""
      sum = 2
      var total = 1
      totl = 2
      """#,
      #"""
      model.graph:1:1: error: 'sum' is not declared
      sum = 2
      ^~~
      note: declare it with 'let sum = …' or 'var'
      model.graph:3:1: error: 'totl' is not declared
      totl = 2
      ^~~~
      note: did you mean 'total'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      scope "two words" {
        let y = missing
      }
      """#,
      #"""
      model.graph:1:7: error: "two words" cannot stand before the names of nodes
      scope "two words" {
            ^~~~~~~~~~~
      note: it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
      model.graph:2:11: error: 'missing' is not declared
        let y = missing
                ^~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      func f(_ x) -> y {
        let y = sin(x)
      }
      let h = f(x)
      scope "h" {
        let y = cos(x)
      }
      """#,
      #"""
      model.graph:7:7: error: there is a node 'h/y' already
        let y = cos(x)
            ^
      model.graph:3:11: note: it is made here
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      output x, x
      target x, x
      """#,
      #"""
      model.graph:2:11: error: 'x' is already an output
      output x, x
                ^
      model.graph:2:8: note: it is declared here
      model.graph:3:11: error: 'x' is already a target
      target x, x
                ^
      model.graph:3:8: note: it is declared here
      """#),
    ElaborationDiagnosticCase(
      #"""
      output loss
      """#,
      #"""
      model.graph:1:8: error: 'loss' is not declared
      output loss
             ^~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      output y = .relu
      target t = 3
      """#,
      #"""
      model.graph:1:12: error: 'y' is .relu, which is no value
      output y = .relu
                 ^~~~~
      model.graph:2:12: error: 't' is the integer 3, and nothing to run
      target t = 3
                 ^
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let y = sin(foo) + cos(bar)
      let z = y + 1
      output z
      """#,
      #"""
      model.graph:2:13: error: 'foo' is not declared
      let y = sin(foo) + cos(bar)
                  ^~~
      model.graph:2:24: error: 'bar' is not declared
      let y = sin(foo) + cos(bar)
                             ^~~
      """#),
  ]
}
