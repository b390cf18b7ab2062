import GraphIR
import GraphLanguage
import Testing

@Suite("Elaboration of texts, backticks, defaults and operators by name")
struct ElaborationTextTests {
  @Test("A text holds what is known when the graph is built")
  func interpolation() {
    #expect(
      listing(
        """
        parameter kind = "conv"
        let sizes = [3, 5]
        placeholder x: Float32[?, 4]
        func named(_ x, activation = .tanh) -> (y, label) {
          let y = activation(x)
          let label = "\\(activation)_\\(x.shape[1] * 2)"
        }
        for i in 0..<2 {
          scope "\\(kind)\\(i)_\\(sizes[i])" {
            let y = sin(x)
          }
        }
        let r = named(x)
        scope "\\(r.label)/\\("in\\(0.5)")-\\(true)" {
          let z = cos(x)
        }
        output "class \\(sizes.count)" = z, s = "a\\(1)"
        target "t\\(0)" = r.y
        """)
          == """
          x = Placeholder(Float32[?, 4])
          i/0/conv0_3/y = Sin(x)
          i/1/conv1_5/y = Sin(x)
          r/y = Tanh(x)
          tanh_8/in0.5-true/z = Cos(x)
          s = String 'a1'
          output class 2: tanh_8/in0.5-true/z, s
          target t0: r/y
          parameter kind = "conv"
          """)
  }

  @Test("The path of an import is a text like others")
  func imports() {
    #expect(
      listing(
        "let n = 2\nimport \"part\\(n).graph\"\noutput y = x\n",
        files: ["part2.graph": "placeholder x: Float32\n"])
          == """
          x = Placeholder(Float32)
          y = Identity(x)
          output y
          """)
  }

  @Test("A name in backticks is the name of the node")
  func backticks() {
    #expect(
      listing(
        """
        placeholder `in/x.0`: Float32
        let `gradients/y-1` = `in/x.0` / `in/x.0`
        var `let` = sin(`gradients/y-1`)
        `let` = cos(`let`)
        scope "s" {
          let `a/b` = `let`
        }
        output `gradients/y-1`, `out/1` = `a/b`
        """)
          == """
          in/x.0 = Placeholder(Float32)
          gradients/y-1 = RealDiv(in/x.0, in/x.0)
          let = Sin(gradients/y-1)
          let_1 = Cos(let)
          s/a/b = Identity(let_1)
          out/1 = Identity(s/a/b)
          output gradients/y-1, out/1
          """)
  }

  @Test("A name in quotation marks adds no node")
  func labels() {
    #expect(
      listing(
        """
        placeholder x: Float32[4]
        let top = topK(x, k: 2)
        output "the best" = top.values, "places" = top.indices, y = sin(x), "pi" = 3.5
        target "run" = y, "nothing" = operation("NoOp", after: [y, top])
        """)
          == """
          x = Placeholder(Float32[4])
          Const = Int32 2
          top = TopKV2(x, Const)
          y = Sin(x)
          Const_1 = Float32 3.5
          NoOp = NoOp(^y, ^top)
          output the best: top, places: top:1, y, pi: Const_1
          target run: y, nothing: NoOp
          """)
  }

  @Test("A placeholder with a default need not be fed")
  func defaults() {
    #expect(
      listing(
        """
        placeholder class: Int32 = 1 + 2
        placeholder image: Float32[?, 2] = [[1, 2], [3, 4]]
        scope "s" {
          placeholder rate: Float32 = 0.5
        }
        let w: Float32[2] = [1, 2]
        placeholder other: Float32[?] = w
        output class
        """)
          == """
          class/default = Int32 3
          class = PlaceholderWithDefault(class/default)
          image/default = Float32 [[1. 2.]
           [3. 4.]]
          image = PlaceholderWithDefault(image/default)
          s/rate/default = Float32 0.5
          s/rate = PlaceholderWithDefault(s/rate/default)
          w = Float32 [1. 2.]
          other = PlaceholderWithDefault(w)
          output class
          """)
  }

  @Test("Its type is the declared one, whatever the default's is")
  func typeOfPlaceholder() throws {
    let graph = try compiled("placeholder x: Float32[?, 2] = [[1, 2]]\nlet y = sin(x)\n")
    #expect(
      graph.nodes.map { "\($0.outputs[0])" } == ["Float32[1, 2]", "Float32[?, 2]", "Float32[?, 2]"])
  }

  @Test("Any operator is called by its name in the file")
  func operatorsByName() throws {
    let text = """
      placeholder x: Float32[2]
      let wait = operation("NoOp")
      let `gradients/relu` = operation("ReluGrad", x, [0.5, -1], after: [wait])
      let leaky = operation("LeakyReluGrad", x, x, alpha: 0.5)
      let parts = operation("Split", 0, x, num_split: 2)
      let all = operation("ConcatV2", [parts[0], parts[1]], x, 0)
      let top = operation("TopKV2", x, 1)
      let s = sin(top.values, after: [parts, top, wait])
      let p = operation("Placeholder", dtype: .int64, shape: [-1, 2], after: s)
      let q = operation("Placeholder", dtype: .int64, shape: .unknown)
      let r = operation("AnonymousName".count, x)
      """
    #expect(
      listing(text.split(separator: "\n").dropLast().joined(separator: "\n") + "\n")
        == """
        x = Placeholder(Float32[2])
        wait = NoOp()
        Const = Float32 [ 0.5 -1. ]
        gradients/relu = ReluGrad(x, Const, ^wait)
        leaky = LeakyReluGrad(x, x)
        Const_1 = Int32 0
        parts = Split(Const_1, x)
        Const_2 = Int32 0
        all = ConcatV2(parts, parts:1, x, Const_2)
        Const_3 = Int32 1
        top = TopKV2(x, Const_3)
        s = Sin(top, ^parts, ^top, ^wait)
        p = Placeholder(^s)
        q = Placeholder(Int64[*])
        """)
    #expect(listing(text).contains("has no member 'count'"))
  }

  @Test("Elements of a value are taken with [ ]")
  func elements() {
    #expect(
      listing(
        """
        placeholder x: Float32[?, 3]
        let n = shape(x)[0]
        let y = [sin(x), x][1][-1, 2]
        """)
          == """
          x = Placeholder(Float32[?, 3])
          Shape = Shape(x)
          Const = Int32 [0]
          Const_1 = Int32 [1]
          Const_2 = Int32 [1]
          n = StridedSlice(Shape, Const, Const_1, Const_2)
          Sin = Sin(x)
          Const_3 = Int32 [-1  2]
          Const_4 = Int32 [0 3]
          Const_5 = Int32 [1 1]
          y = StridedSlice(x, Const_3, Const_4, Const_5)
          """)
  }

  @Test("Constants of a shape repeat one element, or take elements in order or bytes")
  func constants() {
    #expect(
      listing(
        """
        let a = constant(0.5, type: .float64, shape: [2, 2])
        let b = constant([1, 2, 3, 4], shape: [2, 2])
        let c = constant([], type: .int32, shape: [0, 3])
        let d = constant(base64("AACAPw", "AAAEA="), type: .float32, shape: [2])
        let e: String[2] = ["a", base64("YmM=")]
        let f = constant("x", shape: [2])
        let g: Float32[3] = [.infinity, -.infinity, 1]
        let h = .infinity * 0 .== 1
        output h
        """)
          == """
          a = Float64 [[0.5 0.5]
           [0.5 0.5]]
          b = Int32 [[1 2]
           [3 4]]
          c = Int32 []
          d = Float32 [1. 2.]
          e = String ['a' 'bc']
          f = String ['x' 'x']
          g = Float32 [ inf -inf   1.]
          h = Bool False
          output h
          """)
  }
}
