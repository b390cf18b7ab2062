// Operators by name, constants, defaults and texts, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let operators: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[?, 3]
      for i in 0..<2 {
        scope "l\(x)_\(i)_\(missing)" {
          let y = sin(x)
        }
      }
      let t = "\([1, 2])"
      let u = "\(x.shape[0])"
      let v = "\(base64("AAAA"))"
      """#,
      #"""
      model.graph:3:13: error: a value of type Float32[?, 3] is known when the graph runs, and a text when it is built
        scope "l\(x)_\(i)_\(missing)" {
                  ^
      note: integers, numbers, texts, true, false and cases can stand in a text
      model.graph:3:23: error: 'missing' is not declared
        scope "l\(x)_\(i)_\(missing)" {
                            ^~~~~~~
      model.graph:7:12: error: a list cannot stand in a text
      let t = "\([1, 2])"
                 ^~~~~~
      note: take one of its elements, as '[0]', or its 'count'
      model.graph:8:12: error: size 0 of a value of type Float32[?, 3] is not known when the graph is built
      let u = "\(x.shape[0])"
                 ^
      note: 'shape(x)[0]' gives it as a value when the graph runs
      model.graph:9:12: error: 3 bytes cannot stand in a text
      let v = "\(base64("AAAA"))"
                 ^~~~~~~~~~~~~~
      note: integers, numbers, texts, true, false and cases can
      """#),
    ElaborationDiagnosticCase(
      #"""
      scope "layer \(1)" {
      }
      var s = "ab"
      for _ in 0..<20 {
        s = "\(s)\(s)"
      }
      import "missing\(1 + 1).graph"
      """#,
      #"""
      model.graph:1:7: error: "layer 1" cannot stand before the names of nodes
      scope "layer \(1)" {
            ^~~~~~~~~~~~
      note: it begins with a letter, a digit or '.', and goes on with these, '_', '/', '>' or '-'
      model.graph:5:7: error: the text is longer than 65536 bytes
        s = "\(s)\(s)"
            ^~~~~~~~~~
      model.graph:7:8: error: cannot read 'missing2.graph': No such file or directory
      import "missing\(1 + 1).graph"
             ^~~~~~~~~~~~~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let a = operation("ReluGradd", x, x)
      let b = operation("ReluGrad", x)
      let c = operation("LeakyReluGrad", x, x, alhpa: 0.1)
      let d = operation("Sum", x, x, keepDimensions: true)
      let e = operation("MatMul", x, x, T: .float32)
      let f = operation("Cast", x)
      let g = operation("MatMul", x, x, transpose_a: 1)
      let h = operation("MatMul", x, [1, 2.5])
      let i = operation("Frobnicate", x)
      """#,
      #"""
      model.graph:2:19: error: there is no operator "ReluGradd"
      let a = operation("ReluGradd", x, x)
                        ^~~~~~~~~~~
      note: did you mean "ReluGrad"?
      model.graph:3:9: error: ReluGrad: takes 2 inputs, but 1 were given
      let b = operation("ReluGrad", x)
              ^~~~~~~~~~~~~~~~~~~~~~~~
      note: it is operation("ReluGrad", _ gradients, _ features)
      model.graph:4:42: error: 'LeakyReluGrad' has no argument 'alhpa:'
      let c = operation("LeakyReluGrad", x, x, alhpa: 0.1)
                                               ^~~~~
      note: did you mean 'alpha:'?
      note: it is operation("LeakyReluGrad", _ gradients, _ features, alpha = 0.2)
      model.graph:5:32: error: 'Sum' has no argument 'keepDimensions:'
      let d = operation("Sum", x, x, keepDimensions: true)
                                     ^~~~~~~~~~~~~~
      note: 'operation' takes the names of the file: write 'keep_dims:'
      note: it is operation("Sum", _ input, _ axes, keep_dims = false)
      model.graph:6:35: error: the inputs of 'MatMul' tell its attribute 'T'
      let e = operation("MatMul", x, x, T: .float32)
                                        ^
      note: leave out 'T:'
      model.graph:7:9: error: 'Cast' needs the argument 'DstT:'
      let f = operation("Cast", x)
              ^~~~~~~~~~~~~~~~~~~~
      note: it is operation("Cast", _ x, DstT, Truncate = false)
      model.graph:8:48: error: MatMul: transpose_a must be true or false, but it is the integer 1
      let g = operation("MatMul", x, x, transpose_a: 1)
                                                     ^
      note: it is operation("MatMul", _ a, _ b, transpose_a = false, transpose_b = false)
      model.graph:9:9: error: matmul: a must have rank 2, but it is Float32[2]
      let h = operation("MatMul", x, [1, 2.5])
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      model.graph:10:19: error: there is no operator "Frobnicate"
      let i = operation("Frobnicate", x)
                        ^~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      let a = operation(ReluGrad)
      let b = operation(1)
      let c = operation()
      let d = operation(x: "Sin")
      let e = operation
      let f = operatin("Sin")
      let g = operation("Const", dtype: .float32)
      func operation(_ x) -> y {
        let y = x
      }
      """#,
      #"""
      model.graph:1:19: error: 'ReluGrad' is not declared
      let a = operation(ReluGrad)
                        ^~~~~~~~
      model.graph:2:19: error: the name of an operator is a text, but this is the integer 1
      let b = operation(1)
                        ^
      note: it is operation(_ name, _ inputs…, attribute: value…, after: [])
      model.graph:3:9: error: the first argument of 'operation' is the name of an operator
      let c = operation()
              ^~~~~~~~~~~
      note: it is operation(_ name, _ inputs…, attribute: value…, after: [])
      model.graph:4:19: error: the first argument of 'operation' is the name of an operator
      let d = operation(x: "Sin")
                        ^~~~~~~~
      note: it is operation(_ name, _ inputs…, attribute: value…, after: [])
      model.graph:5:9: error: 'operation' is a function and must be called
      let e = operation
              ^~~~~~~~~
      note: it is operation(_ name, _ inputs…, attribute: value…, after: [])
      model.graph:6:9: error: there is no function 'operatin'
      let f = operatin("Sin")
              ^~~~~~~~
      note: did you mean 'operation'?
      model.graph:7:19: error: 'operation' makes no constants
      let g = operation("Const", dtype: .float32)
                        ^~~~~~~
      note: write 'constant(…, type: .float32, shape: [2, 3])'
      model.graph:8:6: error: 'operation' is a built-in function and cannot be declared again
      func operation(_ x) -> y {
           ^~~~~~~~~
      note: it is operation(_ name, _ inputs…, attribute: value…, after: [])
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      let a = operation("NoOp", after: [3])
      let b = sin(x, after: [x, .relu])
      let c = sin(x, aftr: [x])
      let d = sin(x, after: c)
      """#,
      #"""
      model.graph:2:34: error: 'after:' takes operations and values of the graph, but this is the integer 3
      let a = operation("NoOp", after: [3])
                                       ^~~
      model.graph:3:23: error: 'after:' takes operations and values of the graph, but this is .relu
      let b = sin(x, after: [x, .relu])
                            ^~~~~~~~~~
      model.graph:4:16: error: 'sin' has no argument 'aftr:'
      let c = sin(x, aftr: [x])
                     ^~~~
      note: it is sin(_ x)
      """#),
    ElaborationDiagnosticCase(
      #"""
      let a = base64("AA")
      let b = base64(1)
      let c = base64(text: "AAAA")
      let d: Float32 = base64("AAAAAA==")
      let e = constant(base64("AAAA"), type: .float32, shape: [1])
      let f = constant(base64("AAAA"), shape: [1])
      let g = constant([1, 2, 3], shape: [2, 2])
      let h = constant(1, shape: [-1])
      let i = constant(1, type: .float64, shape: [1000000000, 10])
      let j = constant(1, type: .float64, shape: [2.5])
      """#,
      #"""
      model.graph:1:9: error: this is not in base64
      let a = base64("AA")
              ^~~~~~~~~~~~
      note: it is letters, digits, '+' and '/', and '=' to fill up the last four
      model.graph:2:16: error: 'base64' takes texts, but this is the integer 1
      let b = base64(1)
                     ^
      model.graph:3:16: error: the arguments of 'base64' have no labels
      let c = base64(text: "AAAA")
                     ^~~~
      model.graph:4:18: error: '\x00\x00\x00\x00' is not a value of Float32
      let d: Float32 = base64("AAAAAA==")
                       ^~~~~~~~~~~~~~~~~~
      note: the declared type is Float32
      model.graph:5:18: error: constant: value has 3 bytes, but Float32[1] takes 4
      let e = constant(base64("AAAA"), type: .float32, shape: [1])
                       ^~~~~~~~~~~~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      model.graph:6:9: error: constant: type must be given where value is bytes
      let f = constant(base64("AAAA"), shape: [1])
              ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      model.graph:7:18: error: constant: value has 3 elements, but shape [2, 2] takes 4
      let g = constant([1, 2, 3], shape: [2, 2])
                       ^~~~~~~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      model.graph:8:28: error: constant: shape must hold sizes from 0 up, but it is [-1]
      let h = constant(1, shape: [-1])
                                 ^~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      model.graph:9:44: error: constant: shape [1000000000, 10] is larger than the limit of 2147483647 bytes
      let i = constant(1, type: .float64, shape: [1000000000, 10])
                                                 ^~~~~~~~~~~~~~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      model.graph:10:44: error: constant: shape must be a list of integers, but it is the number 2.5
      let j = constant(1, type: .float64, shape: [2.5])
                                                 ^~~~~
      note: it is constant(_ value, type = .float32, shape = the value's)
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2] = 3
      placeholder y: Int32 = 0.5
      placeholder z: Float32 = w
      placeholder v: Float32 = z
      placeholder u: Int32[3] = [1, 2]
      placeholder t: Int32 = .relu
      """#,
      #"""
      model.graph:1:29: error: the declared type is Float32[2], but this is Float32
      placeholder x: Float32[2] = 3
                                  ^
      note: 'constant(3, type: .float32, shape: [2])' repeats one element
      model.graph:2:24: error: 0.5 is not a value of Int32, which holds -2147483648 through 2147483647
      placeholder y: Int32 = 0.5
                             ^~~
      note: the declared type is Int32
      model.graph:3:26: error: 'w' is not declared
      placeholder z: Float32 = w
                               ^
      model.graph:5:27: error: the declared type is Int32[3], but this is Int32[2]
      placeholder u: Int32[3] = [1, 2]
                                ^~~~~~
      model.graph:6:24: error: the declared type is Int32, but this is .relu
      placeholder t: Int32 = .relu
                             ^~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[?, 3]
      let s = shape(x)[0] * 2
      placeholder y: Float32[s]
      let t = reshape(x, to: [s, 3])
      let v = x[s]
      let w = x[0, 1, 2]
      let u = x.shape[-1]
      let n = x.shape[0] * 2
      let m = x.shape[1] * 2.5 + "a"
      """#,
      #"""
      model.graph:3:24: error: a size is an integer that is known when the graph is built, but this is a value of type Int32
      placeholder y: Float32[s]
                             ^
      note: an open size is written '?'
      model.graph:4:24: error: reshape: to must be a value, but it is a list
      let t = reshape(x, to: [s, 3])
                             ^~~~~~
      note: stack(…) makes one value of several
      note: it is reshape(_ tensor, to)
      model.graph:5:11: error: an index is an integer that is known when the graph is built, but this is a value of type Int32
      let v = x[s]
                ^
      note: 'gather(…, …)' takes what a value chooses
      model.graph:6:9: error: stridedSlice: begin speaks of 3 axes, but input has shape [?, 3]
      let w = x[0, 1, 2]
              ^~~~~~~~~
      model.graph:7:17: error: the shape of a value of type Float32[?, 3] has 2 sizes, so that there is no size -1
      let u = x.shape[-1]
                      ^~
      note: the first is 0, the last 1
      model.graph:8:9: error: size 0 of a value of type Float32[?, 3] is not known when the graph is built
      let n = x.shape[0] * 2
              ^
      note: 'shape(x)[0]' gives it as a value when the graph runs
      model.graph:9:28: error: '+' takes numbers and values, but this is the text "a"
      let m = x.shape[1] * 2.5 + "a"
                                 ^~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32[2]
      output "a" = x, "a" = sin(x)
      output "\(x)" = x
      output "" = x
      target "t" = 3
      output "n" = operation("NoOp")
      """#,
      #"""
      model.graph:2:17: error: 'a' is already an output
      output "a" = x, "a" = sin(x)
                      ^~~
      model.graph:2:8: note: it is declared here
      model.graph:3:11: error: a value of type Float32[2] is known when the graph runs, and a text when it is built
      output "\(x)" = x
                ^
      note: integers, numbers, texts, true, false and cases can stand in a text
      model.graph:4:8: error: a name has 1 to 2048 characters, but this has 0
      output "" = x
             ^~
      model.graph:5:14: error: 't' is the integer 3, and nothing to run
      target "t" = 3
                   ^
      model.graph:6:14: error: 'n' is an operation without a result, and no output
      output "n" = operation("NoOp")
                   ^~~~~~~~~~~~~~~~~
      note: declare it with 'target n'
      """#),
  ]
}
