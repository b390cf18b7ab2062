// Imports and parameters, with the whole text that is printed for them.
extension ElaborationDiagnosticCase {
  static let files: [ElaborationDiagnosticCase] = [
    ElaborationDiagnosticCase(
      #"""
      import "other.graph"
      let y = missing
      """#,
      #"""
      model.graph:1:8: error: cannot read 'other.graph': No such file or directory
      import "other.graph"
             ^~~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      """#,
      files: [
        "a.graph": #"""
        import "b.graph"
        """#,
        "b.graph": #"""
        import "c.graph"
        """#,
        "c.graph": #"""
        import "a.graph"
        """#,
      ],
      #"""
      c.graph:1:8: error: the import of 'a.graph' closes a circle: 'a.graph' imports itself
      import "a.graph"
             ^~~~~~~~~
      a.graph:1:8: note: 'b.graph' is imported here
      b.graph:1:8: note: 'c.graph' is imported here
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "model.graph"
      """#,
      #"""
      model.graph:1:8: error: the import of 'model.graph' closes a circle: 'model.graph' imports itself
      import "model.graph"
             ^~~~~~~~~~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      let z = two(x)
      let y = sin(z
      output z
      """#,
      files: [
        "a.graph": #"""
        placeholder x: Float32
        """#
      ],
      #"""
      model.graph:3:14: error: expected ',' or ')' at the end of the line
      let y = sin(z
                   ^
      model.graph:3:12: note: the '(' is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      let z = two(x)
      let b = missing
      """#,
      files: [
        "a.graph": #"""
        placeholder x: Float32
        func two(_ x) -> y {
          let y = x + 1.5 + absent
        }
        """#
      ],
      #"""
      model.graph:3:9: error: 'missing' is not declared
      let b = missing
              ^~~~~~~
      a.graph:3:21: error: 'absent' is not declared
        let y = x + 1.5 + absent
                          ^~~~~~
      model.graph:2:9: note: 'two' is called here
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      let y = z
      """#,
      files: [
        "a.graph": #"""
        let y = = 2
        """#
      ],
      #"""
      a.graph:1:9: error: expected a value before '='
      let y = = 2
              ^
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      import "b.graph"
      """#,
      files: [
        "a.graph": #"""
        let y = 1
        """#,
        "b.graph": #"""
        let y = 2
        """#,
      ],
      #"""
      model.graph:2:8: error: 'y' of 'b.graph' is already declared
      import "b.graph"
             ^~~~~~~~~
      a.graph:1:5: note: the first one is here
      b.graph:1:5: note: the second one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      import "a.graph"
      let y = 1
      """#,
      files: [
        "a.graph": #"""
        let y = 1
        """#
      ],
      #"""
      model.graph:2:5: error: 'y' is already declared
      let y = 1
          ^
      a.graph:1:5: note: the first one is here
      """#),
    ElaborationDiagnosticCase(
      #"""
      parameter rate = 0.5
      """#,
      definitions: ["rat": "3"],
      #"""
      error: there is no parameter 'rat'
      note: did you mean 'rate'?
      """#),
    ElaborationDiagnosticCase(
      #"""
      parameter rate = 0.5
      parameter units = 3
      parameter flag = true
      parameter sizes = [1, 2]
      """#,
      definitions: ["rate": "fast", "units": "2.5", "flag": "1", "sizes": "[1, 0.5]"],
      #"""
      model.graph:1:11: error: the parameter 'rate' is a number, but "fast" is given for it
      parameter rate = 0.5
                ^~~~
      model.graph:2:11: error: the parameter 'units' is an integer, but "2.5" is given for it
      parameter units = 3
                ^~~~~
      model.graph:3:11: error: the parameter 'flag' is true or false, but "1" is given for it
      parameter flag = true
                ^~~~
      model.graph:4:11: error: the parameter 'sizes' is a list of integers, but "[1, 0.5]" is given for it
      parameter sizes = [1, 2]
                ^~~~~
      """#),
    ElaborationDiagnosticCase(
      #"""

      """#,
      definitions: ["rate": "3"],
      #"""
      error: there is no parameter 'rate'
      note: the graph has no parameters
      """#),
    ElaborationDiagnosticCase(
      #"""
      parameter units: Int32 = 0.5
      """#,
      #"""
      model.graph:1:26: error: 0.5 is not a value of Int32, which holds -2147483648 through 2147483647
      parameter units: Int32 = 0.5
                               ^~~
      note: the declared type is Int32
      """#),
    ElaborationDiagnosticCase(
      #"""
      parameter rate: Float32[2] = [1, 2]
      """#,
      definitions: ["rate": "[1, 2, 3]"],
      #"""
      model.graph:1:11: error: the parameter 'rate' is Float32[2], but "[1, 2, 3]" is given for it
      parameter rate: Float32[2] = [1, 2]
                ^~~~
      """#),
    ElaborationDiagnosticCase(
      #"""
      placeholder x: Float32
      parameter rate = x
      """#,
      #"""
      model.graph:2:18: error: a parameter is a number, a text, true, false or a list of these, but this is a value of type Float32
      parameter rate = x
                       ^
      """#),
    ElaborationDiagnosticCase(
      #"""
      parameter units: Int32 = 3
      """#,
      definitions: ["units": "3000000000"],
      #"""
      model.graph:1:11: error: the parameter 'units' is Int32, but "3000000000" is given for it
      parameter units: Int32 = 3
                ^~~~~
      """#),
  ]
}
