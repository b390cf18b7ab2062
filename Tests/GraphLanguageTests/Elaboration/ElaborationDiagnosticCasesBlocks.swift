// Blocks, loops and results, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let blocks: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      func sin(_ x) -> y {
        let y = x
      }
      """#,
      #"""
      model.graph:1:6: error: 'sin' is a built-in function and cannot be declared again
      func sin(_ x) -> y {
           ^~~
      note: it is sin(_ x)
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x) -> y {
        let y = x
      }
      func f(_ a) -> b {
        let b = a
      }
      """#,
      #"""
      model.graph:4:6: error: 'f' is already declared
      func f(_ a) -> b {
           ^
      model.graph:1:6: note: the first one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x, of x) -> y {
        let y = x
      }
      """#,
      #"""
      model.graph:1:16: error: 'x' is already declared
      func f(_ x, of x) -> y {
                     ^
      model.graph:1:10: note: the first one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x) -> y {
        let y = f(x)
      }
      let z = f(1)
      """#,
      #"""
      model.graph:2:11: error: 'f' calls itself
        let y = f(x)
                ^~~~
      model.graph:1:6: note: 'f' is declared here
      note: a 'func' is written out where it is called, and would have no end
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x) -> y {
        let y = g(x)
      }
      func g(_ x) -> y {
        let y = h(x)
      }
      func h(_ x) -> y {
        let y = g(x)
      }
      let z = f(1)
      """#,
      #"""
      model.graph:8:11: error: 'g' calls itself by way of 'h'
        let y = g(x)
                ^~~~
      model.graph:4:6: note: 'g' is declared here
      model.graph:5:11: note: 'h' is called here
      note: a 'func' is written out where it is called, and would have no end
      """#),
    ElaborationDiagnosticCase(
      #"""
      func outer(_ x) -> y {
        let y = inner(x)
      }
      func inner(_ x) -> y {
        let y = matmul(x, x)
      }
      placeholder x: Float32[2, 3]
      let a = outer(x)
      let b = outer(x)
      """#,
      #"""
      model.graph:5:11: error: matmul: the inner sizes differ: a is Float32[2, 3], b is Float32[2, 3]
        let y = matmul(x, x)
                ^~~~~~~~~~~~
      model.graph:2:11: note: 'inner' is called here
      model.graph:8:9: note: 'outer' is called here
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x) -> (output, scale) {
        let output = x
        let scales = 2
      }
      let h = f(1)
      """#,
      #"""
      model.graph:1:25: error: the body of 'f' does not declare its result 'scale'
      func f(_ x) -> (output, scale) {
                              ^~~~~
      note: did you mean 'scales'?
      model.graph:5:9: note: 'f' is called here
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x, of y, rate = 0.5) -> z {
        let z = x
      }
      let a = f(1, of: 2, rat: 3)
      let b = f(1)
      let c = f(1, 2)
      let d = f(1, of: 2, rate: 3, 4)
      """#,
      #"""
      model.graph:4:21: error: 'f' has no argument 'rat:'
      let a = f(1, of: 2, rat: 3)
                          ^~~
      note: did you mean 'rate:'?
      model.graph:1:6: note: it is declared as f(_ x, of y, rate = 0.5)
      model.graph:5:9: error: 'f' needs the argument 'of:'
      let b = f(1)
              ^~~~
      model.graph:1:6: note: it is declared as f(_ x, of y, rate = 0.5)
      model.graph:6:14: error: an argument of 'f' needs its label
      let c = f(1, 2)
                   ^
      note: add the label 'of:'
      model.graph:1:6: note: it is declared as f(_ x, of y, rate = 0.5)
      model.graph:7:30: error: 'f' takes no further argument
      let d = f(1, of: 2, rate: 3, 4)
                                   ^
      model.graph:1:6: note: it is declared as f(_ x, of y, rate = 0.5)
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x, a = missing) -> y {
        let y = x
      }
      let a = f(1)
      """#,
      #"""
      model.graph:1:17: error: 'missing' is not declared
      func f(_ x, a = missing) -> y {
                      ^~~~~~~
      model.graph:4:9: note: 'f' is called here
      """#),
    ElaborationDiagnosticCase(
      #"""
      func f(_ x) -> (sum, count) {
        let sum = x
        let count = 1
      }
      let (p, q, r) = f(1)
      let s = f(1).total
      let t = f(1) + 1
      output u = f(2)
      """#,
      #"""
      model.graph:5:17: error: this has 2 parts, but there are 3 names
      let (p, q, r) = f(1)
                      ^~~~
      note: leave a part out with '_'
      model.graph:6:14: error: there is no result 'total'
      let s = f(1).total
                   ^~~~~
      note: the results are 'sum', 'count'
      model.graph:7:9: error: '+' takes numbers and values, but this is the results sum, count
      let t = f(1) + 1
              ^~~~
      model.graph:8:12: error: 'u' has the results sum, count; an output is one value
      output u = f(2)
                 ^~~~
      note: take one of them, as '.sum'
      """#),
    ElaborationDiagnosticCase(
      #"""
      let (a, b) = 3
      """#,
      #"""
      model.graph:1:14: error: this is the integer 3, which cannot be taken apart into 2 names
      let (a, b) = 3
                   ^
      """#),
    ElaborationDiagnosticCase(
      #"""
      for i in 0..<2.5 {
        let y = i
      }
      """#,
      #"""
      model.graph:1:14: error: the bounds of a loop are integers that are known when the graph is built, but this is the number 2.5
      for i in 0..<2.5 {
                   ^~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      for i in 3..<1 {
        let y = i
      }
      """#,
      #"""
      model.graph:1:10: error: the range ends at 1, before it begins at 3
      for i in 3..<1 {
               ^~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      for i in 0...9223372036854775807 {
        let y = i
      }
      for i in 0..<100001 {
        let y = i
      }
      """#,
      #"""
      model.graph:1:10: error: the loop has more than 100000 rounds
      for i in 0...9223372036854775807 {
               ^~~~~~~~~~~~~~~~~~~~~~~
      model.graph:4:10: error: the loop has more than 100000 rounds
      for i in 0..<100001 {
               ^~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      var y = x
      for i in 0..<3 {
        y = y + [1, 2, 3]
      }
      output y
      """#,
      #"""
      model.graph:4:7: error: add: the shapes do not broadcast: x is Float32[2], y is Float32[3]
        y = y + [1, 2, 3]
            ^~~~~~~~~~~~~
      note: aligned at the last axis, sizes must be equal or one of them 1
      """#),
    ElaborationDiagnosticCase(
      #"""
      for i in 0..<1 {
        parameter rate = 1
        import "a.graph"
        output rate
      }
      """#,
      #"""
      model.graph:2:3: error: 'parameter' cannot stand inside of a block
        parameter rate = 1
        ^~~~~~~~~
      model.graph:3:3: error: 'import' cannot stand inside of a block
        import "a.graph"
        ^~~~~~
      model.graph:4:3: error: 'output' cannot stand inside of a 'func' or 'for'
        output rate
        ^~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      func apply(_ activation, _ x) -> y {
        let y = activation(x)
      }
      let a = apply(.sim, 1.0)
      let b = apply(3, 1.0)
      """#,
      #"""
      model.graph:2:11: error: there is no function 'sim'
        let y = activation(x)
                ^~~~~~~~~~
      note: did you mean 'sin'?
      model.graph:4:9: note: 'apply' is called here
      model.graph:2:11: error: 'activation' is the integer 3 and cannot be called
        let y = activation(x)
                ^~~~~~~~~~
      model.graph:1:14: note: it is declared here
      model.graph:5:9: note: 'apply' is called here
      """#),
  ]
}
