import GraphFiles
import GraphIR
import GraphLanguage
import Operators
import Tensors
import Testing

@Suite("Graphs as text of the language")
struct LanguageTextTests {
  @Test("Statements are functions, operators, and operators by name")
  func statements() throws {
    let graph = try compiled(
      #"""
      placeholder x: Float32[?, 3]
      placeholder class: Int32 = 0
      scope "layer/0" {
        let w: Float32[3, 2] = [[1, 2], [3, 4], [5, 6]]
        let h = relu(matmul(x, w))
      }
      let g = gradient(of: h, withRespectTo: x)
      let m = matmul(h, h, transposeB: true)
      let parts = split(m, into: 1)
      let (a, b) = split(w, into: 2, axis: 1)
      let top = topK(-m, k: 1, sorted: false)
      let s = addN(x - 1, x / 2, after: [top])
      let c = s .> x[0]
      let u = operation("Split", 0, w, num_split: 3)
      let `in` = cast(u[2], to: .float64)
      let wait = operation("NoOp", after: [`in`, u])
      output g, s, "best 1" = top.values, "part" = u[1], `in`
      target wait, "all" = wait, "c" = c

      """#)
    #expect(
      try expectSameGraph(graph).withoutHeader == #"""
        placeholder x: Float32[?, 3]
        placeholder class: Int32 = 0
        let `layer/0/w`: Float32[3, 2] = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
        let `layer/0/MatMul` = matmul(x, `layer/0/w`)  // Float32[?, 2]
        let `layer/0/h` = relu(`layer/0/MatMul`)  // Float32[?, 2]
        let `gradients/Const`: Float32 = 1.0
        let `gradients/Shape` = shape(`layer/0/h`)  // Int32[2]
        let `gradients/BroadcastTo` = broadcast(`gradients/Const`, to: `gradients/Shape`)  // Float32[?, 2]
        let `gradients/layer/0/h_grad/ReluGrad` = operation(
          "ReluGrad", `gradients/BroadcastTo`, `layer/0/h`
        )  // Float32[?, 2]
        let g = matmul(`gradients/layer/0/h_grad/ReluGrad`, `layer/0/w`, transposeB: true)  // Float32[?, 3]
        let m = matmul(`layer/0/h`, `layer/0/h`, transposeB: true)  // Float32[?, ?]
        let Const: Int32 = 0
        let parts = split(m, into: 1, axis: Const)  // Float32[?, ?]
        let Const_1: Int32 = 1
        let a = split(`layer/0/w`, into: 2, axis: Const_1)  // Float32[3, 1], Float32[3, 1]
        let b = identity(a[1])  // Float32[3, 1]
        let Neg = -m  // Float32[?, ?]
        let Const_2: Int32 = 1
        let top = topK(Neg, k: Const_2, sorted: false)  // Float32[?, 1], Int32[?, 1]
        let Const_3: Float32 = 1.0
        let Sub = x - Const_3  // Float32[?, 3]
        let Const_4: Float32 = 2.0
        let RealDiv = x / Const_4  // Float32[?, 3]
        let s = addN(Sub, RealDiv, after: [top])  // Float32[?, 3]
        let Const_5: Int32[1] = [0]
        let Const_6: Int32[1] = [1]
        let Const_7: Int32[1] = [1]
        let StridedSlice = stridedSlice(
          x, begin: Const_5, end: Const_6, strides: Const_7, shrinkAxisMask: 1
        )  // Float32[3]
        let c = s .> StridedSlice  // Bool[?, 3]
        let Const_8: Int32 = 0
        let u = split(`layer/0/w`, into: 3, axis: Const_8)  // Float32[1, 2], Float32[1, 2], Float32[1, 2]
        let `in` = cast(u[2], to: .float64)  // Float64[1, 2]
        let wait = operation("NoOp", after: [`in`, u])

        output g, s
        output "best 1" = top.values
        output "part" = u[1]
        output `in`
        target wait
        target "all" = wait
        target c

        """#)
  }

  @Test("Constants have their exact elements, whatever the type")
  func constants() throws {
    let graph = try compiled(
      #"""
      let a: Float16[3] = [0.1, -2.5, 65504]
      let b: BFloat16[2] = [0.1, 1e30]
      let c: Float32[4] = [0.1, .infinity, -.infinity, .nan]
      let d: Float64[3] = [0.1, 1e-300, -0.0]
      let e: Int8[2] = [-128, 127]
      let f: UInt64[1] = [9223372036854775807]
      let g = constant(base64("//////////8="), type: .uint64, shape: [1])
      let h: Bool[2, 1] = [[true], [false]]
      let i: String[3] = ["a\"\\(\n", base64("/w=="), "π"]
      let j = constant(0.5, type: .float32, shape: [3, 3])
      let k = constant([], type: .int64, shape: [2, 0])
      let l: Int32[0] = []
      let m = constant(base64("AQDAfwAAwP8="), type: .float32, shape: [2])
      let n = constant([1, 2], type: .uint8, shape: [1, 2], after: [a, l])
      let o = constant(1, type: .int16, after: n)
      let p = constant("x", type: .string, shape: [9])
      let q = -.nan
      let r = [-.nan, 1]
      output q, r

      """#)
    #expect(
      try expectSameGraph(graph).withoutHeader == #"""
        let a: Float16[3] = [0.1, -2.5, 65500.0]
        let b: BFloat16[2] = [0.1, 1.0e+30]
        let c: Float32[4] = [0.1, .infinity, -.infinity, .nan]
        let d: Float64[3] = [0.1, 1.0e-300, -0.0]
        let e: Int8[2] = [-128, 127]
        let f: UInt64[1] = [9223372036854775807]
        let g = constant(base64("//////////8="), type: .uint64, shape: [1])
        let h: Bool[2, 1] = [[true], [false]]
        let i: String[3] = ["a\"\\(\n", base64("/w=="), "π"]
        let j = constant(0.5, type: .float32, shape: [3, 3])
        let k = constant([], type: .int64, shape: [2, 0])
        let l: Int32[0] = []
        let m = constant(base64("AQDAfwAAwP8="), type: .float32, shape: [2])
        let n = constant([1, 2], type: .uint8, shape: [1, 2], after: [a, l])
        let o = constant(1, type: .int16, shape: [], after: [n])
        let p = constant("x", type: .string, shape: [9])
        let q: Float32 = -.nan
        let r: Float32[2] = [-.nan, 1.0]

        output q, r

        """#)
  }

  @Test("Long constants are shortened on request, and the text says so")
  func elision() throws {
    let graph = try compiled(
      """
      let a: Float32[2, 2] = [[1, 2], [3, 4]]
      let b: Int32[2] = [1, 2]
      let c = constant(0, type: .int32, shape: [100])
      let d: String[3] = ["a", "b", "c"]
      let e = constant([1, 2, 3], type: .int32, after: [a])
      """)
    #expect(
      graph.languageText(name: "m", elidingConstantsAbove: 2) == """
        // m: 5 nodes, 5 constants of 436 bytes
        // operators: 5 Const
        // nothing uses: b, c, d, e
        // Constants are shortened, marked with …, so that this text does not compile.

        let a: Float32[2, 2] = [1.0, 2.0, …]
        let b: Int32[2] = [1, 2]
        let c = constant(0, type: .int32, shape: [100])
        let d: String[3] = ["a", "b", …]
        let e: Int32[3] = [1, 2, …]

        """)
    let whole = graph.languageText(elidingConstantsAbove: 4)
    #expect(!whole.contains("…"))
    #expect(try GraphCompiler().compile(SourceFile(name: "m", text: whole)).nodeCount == 5)
  }

  @Test("Many elements are numbers over several lines, and more are bytes")
  func longConstants() throws {
    let graph = Graph()
    _ = graph.constant(
      try Tensor((0..<60).map { Int32($0) * 12_345 }, dimensions: [3, 20]), name: "rows")
    _ = graph.constant(try Tensor((0..<64).map { Int32($0) }, dimensions: [2, 32]), name: "two")
    _ = graph.constant(Tensor((0..<1_001).map { Float($0) / 3 }), name: "bytes")
    _ = graph.constant(Tensor((0..<1_001).map { "text \($0)" }), name: "texts")
    let text = try expectSameGraph(try graph.frozen())
    #expect(
      text.withoutHeader.hasPrefix(
        """
        let rows: Int32[3, 20] = [
          [
            0, 12345, 24690, 37035, 49380, 61725, 74070, 86415, 98760, 111105, 123450, 135795, 148140,
            160485, 172830, 185175, 197520, 209865, 222210, 234555
          ],
        """))
    #expect(text.contains("let bytes = constant(\n  base64(\n    \"AAAAAKuqqj6rqio"))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test("What cannot be expressed stands in comments that say why")
  func comments() throws {
    var file = try GraphFile(
      try compiled(
        """
        placeholder x: Float32[2]
        let a = sin(x)
        let b = cos(a)
        let c = tan(b)
        let d = exp(x)
        output b, d, "d" = d
        target "run" = c
        """.replacing("\"d\" = d", with: "\"e\" = d")))
    for index in file.nodes.indices where file.nodes[index].name == "a" {
      file.nodes[index].op = "Mystery"
      file.nodes[index].attributes["mode"] = .bytes(Array("a\nb".utf8))
    }
    for index in file.nodes.indices where file.nodes[index].name == "d" {
      file.nodes[index].device = "/gpu:0"
      file.nodes[index].attributes["fast"] = .boolean(true)
      file.nodes[index].attributes["_private"] = .boolean(true)
    }
    let graph = try FrozenGraph(file, registry: .graphLanguage, name: "m.pb")
    let text = graph.languageText(name: "m.pb", file: file)
    #expect(
      text == #"""
        // m.pb: 5 nodes, produced by version 2474
        // operators: 1 Cos, 1 Exp, 1 Mystery, 1 Placeholder, 1 Tan
        // unknown here: 1 Mystery
        // The language cannot express 3 of the nodes, which stand in comments.

        placeholder x: Float32[2]
        // unknown operator: a = Mystery(x, mode: "a\nb")  // Float32[*]
        // depends on 'a': b = Cos(a)  // Float32[*]
        // depends on 'b': c = Tan(b)  // Float32[*]
        let d = exp(x)  // Float32[2]; device: /gpu:0; fast: true

        // depends on 'b': output b = b
        output d
        output "e" = d
        // depends on 'c': target run = c

        """#)
    let rest = try GraphCompiler().compile(SourceFile(name: "m", text: text)).frozen()
    #expect(rest.nodes.map(\.name) == ["x", "d"])
  }

  @Test("Names that the language has no room for stand in comments")
  func names() throws {
    func node(_ name: String, _ inputs: [String] = []) -> NodeRecord {
      NodeRecord(
        name: name, op: inputs.isEmpty ? "NoOp" : "NoOp", inputs: inputs.map { "^" + $0 })
    }
    let long = String(repeating: "n", count: 2_049)
    let file = GraphFile(nodes: [
      node("_a"), node(long), node("b", ["_a"]), node("pi"), node("c", ["pi", "pi"]),
      node("1.x", ["pi"]),
    ])
    let text = try FrozenGraph(file, registry: .graphLanguage, name: "m").languageText()
    #expect(text.contains("// the name cannot be declared: _a = NoOp()\n"))
    #expect(text.contains("// the name cannot be declared: \(long) = NoOp()\n"))
    #expect(text.contains("// depends on '_a': b = NoOp(after: [_a])\n"))
    #expect(text.contains("let `pi` = operation(\"NoOp\")\n"))
    #expect(text.contains("// waits for a node twice: c = NoOp(after: [pi, pi])\n"))
    #expect(text.contains("let `1.x` = operation(\"NoOp\", after: [`pi`])\n"))
    #expect(
      try GraphCompiler().compile(SourceFile(name: "m", text: text)).frozen().nodes.map(\.name) == [
        "pi", "1.x",
      ])
  }

  @Test("Constants of any bits come back as they were")
  func randomConstants() throws {
    var random = FixedRandomNumbers(seed: 21)
    let sizes = [[], [1], [3], [2, 3], [9], [0], [2, 0, 3], [2, 1, 2, 2], [40, 30]]
    for type in DataType.allCases where type != .string {
      let graph = Graph()
      for dimensions in sizes {
        for isPlain in [false, true] {
          let tensor = try Tensor(uninitialized: type, dimensions: dimensions) { bytes in
            // Bits of all kinds, or all equal.
            let limit: UInt8 = type == .bool ? 2 : 255
            for index in bytes.indices {
              bytes[index] = isPlain ? 1 : UInt8.random(in: 0...limit, using: &random)
            }
          }
          _ = graph.constant(tensor, name: "c")
        }
      }
      try expectSameGraph(try graph.frozen())
    }
  }

  @Test("Texts of any bytes come back as they were")
  func randomTexts() throws {
    var random = FixedRandomNumbers(seed: 22)
    let graph = Graph()
    for _ in 0..<200 {
      let strings = (0..<3).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          "\\(\"`\n\r\0 aé\u{7F}".utf8.randomElement(using: &random)!
        }
      }
      _ = graph.constant(try Tensor(strings: strings, dimensions: [3]), name: "c")
    }
    try expectSameGraph(try graph.frozen())
  }
}
