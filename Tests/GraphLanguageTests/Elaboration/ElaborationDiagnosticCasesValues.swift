// Values, numbers and types, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let values: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2, 3]
      placeholder w: Float32[4]
      let y = 2 * x + w
      """#,
      #"""
      model.graph:3:9: error: add: the shapes do not broadcast: x is Float32[2, 3], y is Float32[4]
      let y = 2 * x + w
              ^~~~~~~~~
      note: aligned at the last axis, sizes must be equal or one of them 1
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Int32
      let y = 1.5 * x
      """#,
      #"""
      model.graph:2:9: error: 1.5 is not a value of Int32, which holds -2147483648 through 2147483647
      let y = 1.5 * x
              ^~~
      note: the other side of '*' is a value of type Int32
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      let y = x + "a"
      let z = .relu - x
      """#,
      #"""
      model.graph:2:13: error: 'a' is not a value of Float32
      let y = x + "a"
                  ^~~
      note: the other side of '+' is a value of type Float32
      model.graph:3:9: error: '-' takes values and numbers, but this is .relu
      let z = .relu - x
              ^~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y = 1 / 0
      let z = 1.0 / 0
      """#,
      #"""
      model.graph:1:9: error: 1 / 0: an integer cannot be divided by zero
      let y = 1 / 0
              ^~~~~
      model.graph:2:9: error: 1.0 / 0.0: a number cannot be divided by zero
      let z = 1.0 / 0
              ^~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y = 9223372036854775807 + 1
      let z = -9223372036854775808
      let w = 9223372036854775808
      let v = 1e308 * 10
      let u = -z
      """#,
      #"""
      model.graph:1:9: error: 9223372036854775807 + 1 is no integer of 64 bits
      let y = 9223372036854775807 + 1
              ^~~~~~~~~~~~~~~~~~~~~~~
      model.graph:3:9: error: the integer 9223372036854775808 is larger than 9223372036854775807
      let w = 9223372036854775808
              ^~~~~~~~~~~~~~~~~~~
      model.graph:4:9: error: 1e+308 * 10.0 is larger than any Float64
      let v = 1e308 * 10
              ^~~~~~~~~~
      model.graph:5:9: error: -(-9223372036854775808) is larger than 9223372036854775807
      let u = -z
              ^~
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y = 2 * "a"
      let z = [1, 2] + 1
      let w = -"a"
      """#,
      #"""
      model.graph:1:13: error: '*' takes numbers and values, but this is the text "a"
      let y = 2 * "a"
                  ^~~
      model.graph:2:9: error: '+' takes numbers and values, but this is a list
      let z = [1, 2] + 1
              ^~~~~~
      model.graph:3:10: error: '-' takes a number, but this is the text "a"
      let w = -"a"
               ^~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Flaot32
      let y = sin(x)
      """#,
      #"""
      model.graph:1:16: error: there is no type 'Flaot32'
      placeholder x: Flaot32
                     ^~~~~~~
      note: did you mean 'Float32'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Complex
      """#,
      #"""
      model.graph:1:16: error: there is no type 'Complex'
      placeholder x: Complex
                     ^~~~~~~
      note: the types are Float32, Float64, Int32, UInt8, Int16, Int8, String, Int64, Bool, BFloat16, UInt16, Float16, UInt32, UInt64
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[-1, 2.5, ?]
      """#,
      #"""
      model.graph:1:24: error: a size cannot be negative, but this is -1
      placeholder x: Float32[-1, 2.5, ?]
                             ^~
      note: an open size is written '?'
      model.graph:1:28: error: a size is an integer that is known when the graph is built, but this is the number 2.5
      placeholder x: Float32[-1, 2.5, ?]
                                 ^~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      variable w: Float32[2] = zeros([3])
      variable v = 1.0
      let y = v + 1
      v = y
      """#,
      #"""
      model.graph:1:26: error: the declared type is Float32[2], but this is Float32[3]
      variable w: Float32[2] = zeros([3])
                               ^~~~~~~~~~
      model.graph:4:1: error: 'v' is a variable of the graph and cannot change
      v = y
      ^
      model.graph:2:10: note: it is declared here
      note: change it when the graph runs, with 'target … = assign(v, …)'
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      variable w = x
      target t = assign(x, 1)
      target train = minimize(w * w, by: .adem)
      target other = minimize(w * w, by: .adam(rate: 1))
      target third = minimize(w * w, by: .gradientDescent)
      target fourth = minimize(x, by: .adam(1))
      target fifth = minimize(x, by: .adam)
      """#,
      #"""
      model.graph:3:19: error: assign: variable must be a variable, but it is 'x'
      target t = assign(x, 1)
                        ^
      note: it is assign(_ variable, _ value)
      model.graph:4:36: error: minimize: by: there is no optimizer .adem
      target train = minimize(w * w, by: .adem)
                                         ^~~~~
      note: did you mean .adam?
      note: it is minimize(_ loss, by, variables = [], clipping = none, weightDecay = none, step = none)
      model.graph:5:36: error: minimize: by: .adam has no 'rate'
      target other = minimize(w * w, by: .adam(rate: 1))
                                         ^~~~~~~~~~~~~~
      note: it has learningRate, beta1, beta2, epsilon, amsgrad
      note: it is minimize(_ loss, by, variables = [], clipping = none, weightDecay = none, step = none)
      model.graph:6:36: error: minimize: by: .gradientDescent needs learningRate
      target third = minimize(w * w, by: .gradientDescent)
                                         ^~~~~~~~~~~~~~~~
      note: it is minimize(_ loss, by, variables = [], clipping = none, weightDecay = none, step = none)
      model.graph:7:39: error: what '.adam' is made of has labels
      target fourth = minimize(x, by: .adam(1))
                                            ^
      note: write 'label: ' before it
      model.graph:8:16: error: minimize: the loss 'x' depends on no variable
      target fifth = minimize(x, by: .adam)
                     ^~~~~~~~~~~~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      let y: Float32[2] = [1, 2, 3]
      let z: Int32 = 0.5
      placeholder x: Float64
      let w: Float32 = x
      """#,
      #"""
      model.graph:1:21: error: the declared type is Float32[2], but this is Float32[3]
      let y: Float32[2] = [1, 2, 3]
                          ^~~~~~~~~
      model.graph:2:16: error: 0.5 is not a value of Int32, which holds -2147483648 through 2147483647
      let z: Int32 = 0.5
                     ^~~
      note: the declared type is Int32
      model.graph:4:18: error: the declared type is Float32, but this is Float64
      let w: Float32 = x
                       ^
      note: convert it with cast(…, to: .float32)
      """#),
    ElaborationDiagnosticCase(
      #"""
      let rows = [1, [2, 3]]
      placeholder x: Float32
      let y = x + rows
      """#,
      #"""
      model.graph:3:13: error: the parts of a list differ in shape: part 0 is [], part 1 is [2]
      let y = x + rows
                  ^~~~
      note: the other side of '+' is a value of type Float32
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[?, 3]
      let a = x.shape
      let b = x.shape[0]
      let c = x.shape[2]
      let d = x.shap
      """#,
      #"""
      model.graph:2:9: error: the shape of a value of type Float32[?, 3] is not known when the graph is built
      let a = x.shape
              ^
      note: a size that is known can be asked for alone, as 'x.shape[0]'
      note: 'shape(x)' gives the shape as a value when the graph runs
      model.graph:3:9: error: size 0 of a value of type Float32[?, 3] is not known when the graph is built
      let b = x.shape[0]
              ^
      note: 'shape(x)[0]' gives it as a value when the graph runs
      model.graph:4:17: error: the shape of a value of type Float32[?, 3] has 2 sizes, so that there is no size 2
      let c = x.shape[2]
                      ^
      note: the first is 0, the last 1
      model.graph:5:11: error: a value of type Float32[?, 3] has no member 'shap'
      let d = x.shap
                ^~~~
      note: did you mean 'shape'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      let a = [1, 2][2]
      let b = [1, 2].count.x
      let c = 3.5
      let d = c[0]
      let e = [1][c]
      """#,
      #"""
      model.graph:1:16: error: the list has 2 elements, so that there is no element 2
      let a = [1, 2][2]
                     ^
      note: the first is 0, the last 1
      model.graph:2:22: error: the integer 2 has no member 'x'
      let b = [1, 2].count.x
                           ^
      model.graph:4:9: error: the number 3.5 has no elements
      let d = c[0]
              ^
      model.graph:5:13: error: an index is an integer that is known when the graph is built, but this is the number 3.5
      let e = [1][c]
                  ^
      """#),
  ]
}
