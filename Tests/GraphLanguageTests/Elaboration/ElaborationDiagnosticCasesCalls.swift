// Calls of functions, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let calls: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      let y = sim(1.0)
      """#,
      #"""
      model.graph:1:9: error: there is no function 'sim'
      let y = sim(1.0)
              ^~~
      note: did you mean 'sin'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, axis: [0])
      """#,
      #"""
      model.graph:2:16: error: 'sum' has no argument 'axis:'
      let y = sum(x, axis: [0])
                     ^~~~
      note: did you mean 'axes:'?
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, [0])
      """#,
      #"""
      model.graph:2:16: error: an argument of 'sum' needs its label
      let y = sum(x, [0])
                     ^~~
      note: add the label 'axes:'
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(axes: [0])
      """#,
      #"""
      model.graph:2:9: error: 'sum' needs the argument 'input'
      let y = sum(axes: [0])
              ^~~~~~~~~~~~~~
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, axes: [0], keepDimensions: true, 3)
      """#,
      #"""
      model.graph:2:49: error: 'sum' takes no further argument
      let y = sum(x, axes: [0], keepDimensions: true, 3)
                                                      ^
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, keepDimensions: true, axes: [0])
      """#,
      #"""
      model.graph:2:38: error: the argument 'axes:' must stand before 'keepDimensions:'
      let y = sum(x, keepDimensions: true, axes: [0])
                                           ^~~~
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = matmul(a: x, x)
      """#,
      #"""
      model.graph:2:16: error: the argument 'a' of 'matmul' has no label
      let y = matmul(a: x, x)
                     ^
      note: leave out 'a:'
      note: it is matmul(_ a, _ b, transposeA = false, transposeB = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, axes: [0], axes: [0])
      """#,
      #"""
      model.graph:2:27: error: the argument 'axes:' is given twice
      let y = sum(x, axes: [0], axes: [0])
                                ^~~~
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let y = sum(x, axes: "a")
      """#,
      #"""
      model.graph:2:22: error: sum: axes must be a list of integers, but it is the text "a"
      let y = sum(x, axes: "a")
                           ^~~
      note: it is sum(_ input, axes = all, keepDimensions = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2, 2]
      let y = matmul(x, x, transposeA: 1)
      """#,
      #"""
      model.graph:2:34: error: matmul: transposeA must be true or false, but it is the integer 1
      let y = matmul(x, x, transposeA: 1)
                                       ^
      note: it is matmul(_ a, _ b, transposeA = false, transposeB = false)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let y = cast(x, to: .flaot64)
      """#,
      #"""
      model.graph:2:21: error: cast: to must be a type such as .float32, but it is .flaot64
      let y = cast(x, to: .flaot64)
                          ^~~~~~~~
      note: did you mean .float64?
      note: it is cast(_ x, to)
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y = addN([])
      let z = addN()
      """#,
      #"""
      model.graph:1:9: error: addN: takes at least 1 input, but 0 were given
      let y = addN([])
              ^~~~~~~~
      model.graph:2:9: error: 'addN' needs the argument 'inputs'
      let z = addN()
              ^~~~~~
      note: it is addN(_ inputs…)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let h = x.sin()
      let i = .relu(x)
      """#,
      #"""
      model.graph:2:11: error: there are no methods
      let h = x.sin()
                ^~~
      note: pass what stands before the '.' as an argument: 'sin(…)'
      model.graph:3:9: error: '.relu' cannot be called
      let i = .relu(x)
              ^~~~~
      note: leave out the '.' to call the function 'relu'
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2, 3]
      let y = matmul(x, x)
      let z = sin(y)
      output z
      """#,
      #"""
      model.graph:2:9: error: matmul: the inner sizes differ: a is Float32[2, 3], b is Float32[2, 3]
      let y = matmul(x, x)
              ^~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder s: Int32[2]
      placeholder x: Float32
      let d = gradient(of: sum(cast(s, to: .float32)), withRespectTo: x)
      """#,
      #"""
      model.graph:3:9: error: gradient: 'Sum' does not depend on 'x'
      let d = gradient(of: sum(cast(s, to: .float32)), withRespectTo: x)
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      note: ask for zeros instead with unconnected: .zeros
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let n = cast(x, to: .int32)
      let y = cast(n, to: .float32)
      let d = gradient(of: y, withRespectTo: x)
      """#,
      #"""
      model.graph:4:9: error: gradient: no path that can be differentiated leads from 'y' to 'x': it breaks at Cast 'y'
      let d = gradient(of: y, withRespectTo: x)
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      model.graph:3:9: note: the path breaks at Cast 'y': its input 'n' is Int32, and only floating-point numbers have a derivative
      note: ask for zeros instead with unconnected: .zeros
      """#),
  ]
}
