import GraphIR
import GraphLanguage
import Testing

@Suite("Elaboration of values and numbers")
struct ElaborationValueTests {
  /// The constant that an expression of numbers becomes as an output.
  private func constant(_ expression: String) -> String {
    let text = listing("output y = \(expression)\n")
    let lines = text.split(separator: "\n")
    guard lines.count >= 2, lines.last == "output y" else { return text }
    return lines.dropLast().joined(separator: "\n").replacing("y = ", with: "", maxReplacements: 1)
  }

  @Test(
    "Numbers are calculated when the graph is built",
    arguments: [
      ("1 + 2 * 3", "Int32 7"), ("7 / 2", "Int32 3"), ("-7 / 2", "Int32 -3"),
      ("7 / 2.0", "Float32 3.5"), ("2 * π / 4", "Float32 1.5707964"), ("pi - .pi", "Float32 0.0"),
      ("2 - 3 - 4", "Int32 -5"), ("1 .> 2", "Bool False"), ("1.5 .<= 2", "Bool True"),
      ("\"a\" .== \"a\"", "Bool True"), (".same .!= .valid", "Bool True"),
      ("[1, 2, 3][1]", "Int32 2"), ("[[1, 2], [3, 4]][1, 0]", "Int32 3"),
      ("[1, 2].count", "Int32 2"), ("-(1 + 1)", "Int32 -2"), ("0x10 + 1_000", "Int32 1016"),
      ("[1, 2 * 3]", "Int32 [1 6]"), ("[[0.5], [1]]", "Float32 [[0.5]\n [1. ]]"),
      ("true", "Bool True"), ("\"text\"", "String 'text'"),
      ("constant(2, type: .int64)", "Int64 2"),
    ])
  func arithmetic(expression: String, result: String) {
    #expect(constant(expression) == result)
  }

  @Test("A number takes the type of the value that it meets")
  func numbersMeetValues() {
    #expect(
      listing(
        """
        placeholder a: Int64[2]
        placeholder b: Float64
        let c = 2 * a - [1, 2]
        let d = -(1 / b) .> π
        let e: Float32[1, 2] = [[1, 0.5]]
        let f: UInt8 = 200
        """)
          == """
          a = Placeholder(Int64[2])
          b = Placeholder(Float64)
          Const = Int64 2
          Mul = Mul(Const, a)
          Const_1 = Int64 [1 2]
          c = Sub(Mul, Const_1)
          Const_2 = Float64 1.0
          RealDiv = RealDiv(Const_2, b)
          Neg = Neg(RealDiv)
          Const_3 = Float64 3.1415927
          d = Greater(Neg, Const_3)
          e = Float32 [[1.  0.5]]
          f = UInt8 200
          """)
  }

  @Test("Sizes that are known are numbers")
  func shapes() {
    #expect(
      listing(
        """
        placeholder x: Float32[?, 28, 3]
        let s = x.shape[1] * x.shape[2]
        let flat = reshape(x, to: [-1, s])
        let w: Float32[2, 3] = [[1, 2, 3], [4, 5, 6]]
        output r = x.rank, shape = w.shape, n = w.shape.count
        """)
          == """
          x = Placeholder(Float32[?, 28, 3])
          Const = Int32 [-1 84]
          flat = Reshape(x, Const)
          w = Float32 [[1. 2. 3.]
           [4. 5. 6.]]
          r = Int32 3
          shape = Int32 [2 3]
          n = Int32 2
          output r, shape, n
          """)
  }

  @Test("Arguments are matched by position and label")
  func arguments() {
    #expect(
      listing(
        """
        placeholder a: Float32[2, 2]
        let m = matmul(a, [[1, 2], [3, 4]], transposeB: true)
        let s = sum(m, keepDimensions: true)
        let t = addN(a, m)
        let u = addN([a, t, [[1, 2], [3, 4]]])
        let c = cast(a, to: .int32)
        let g = gradient(of: a * a, withRespectTo: [a])
        let h = g[0]
        let (k, l) = gradient(of: a * m, withRespectTo: [a, m])
        let i = broadcast(1.5, to: [2])
        """)
          == """
          a = Placeholder(Float32[2, 2])
          Const = Float32 [[1. 2.]
           [3. 4.]]
          m = MatMul(a, Const)
          Const_1 = Int32 [0 1]
          s = Sum(m, Const_1)
          t = AddN(a, m)
          Const_2 = Float32 [[1. 2.]
           [3. 4.]]
          u = AddN(a, t, Const_2)
          c = Cast(a)
          Mul = Mul(a, a)
          gradients/Const = Float32 1.0
          gradients/Const_1 = Int32 [2 2]
          gradients/BroadcastTo = BroadcastTo(gradients/Const, gradients/Const_1)
          gradients/Mul_grad/Mul = Mul(gradients/BroadcastTo, a)
          gradients/Mul_grad/Mul_1 = Mul(gradients/BroadcastTo, a)
          gradients/AddN = AddN(gradients/Mul_grad/Mul, gradients/Mul_grad/Mul_1)
          h = Identity(gradients/AddN)
          Mul_1 = Mul(a, m)
          gradients/Const_2 = Float32 1.0
          gradients/Const_3 = Int32 [2 2]
          gradients/BroadcastTo_1 = BroadcastTo(gradients/Const_2, gradients/Const_3)
          gradients/Mul_1_grad/Mul = Mul(gradients/BroadcastTo_1, m)
          l = Mul(gradients/BroadcastTo_1, a)
          gradients/m_grad/MatMul = MatMul(l, Const)
          k = AddN(gradients/Mul_1_grad/Mul, gradients/m_grad/MatMul)
          Const_3 = Float32 1.5
          Const_4 = Int32 [2]
          i = BroadcastTo(Const_3, Const_4)
          """)
  }

  @Test("Types give what is known of a shape")
  func placeholders() {
    #expect(
      listing(
        """
        let n = 3
        placeholder a: Float32[?, n, 2 * n]
        placeholder b: Bool[*]
        placeholder c: String
        """)
          == """
          a = Placeholder(Float32[?, 3, 6])
          b = Placeholder(Bool[*])
          c = Placeholder(String)
          """)
  }

  @Test("Parameters have the value that is given for them")
  func parameters() {
    let text = """
      parameter rate = 0.5
      parameter units: Int32 = 2
      parameter scale: Float32 = 1
      parameter name = "a \\"b\\""
      parameter flag = false
      parameter sizes = [1, 2]
      parameter rows = [[1, 2.5], []]
      placeholder x: Float32[units]
      output y = x * rate * scale
      """
    #expect(
      listing(
        text,
        definitions: [
          "rate": "2 * π", "units": "5", "name": "c d", "flag": "true", "sizes": "[3]",
          "scale": "-1e3",
        ])
          == """
          x = Placeholder(Float32[5])
          Const = Float32 6.2831855
          Mul = Mul(x, Const)
          Const_1 = Float32 -1000.0
          y = Mul(Mul, Const_1)
          output y
          parameter rate = 6.283185307179586
          parameter units = 5
          parameter scale = -1000.0
          parameter name = "c d"
          parameter flag = true
          parameter sizes = [3]
          parameter rows = [[1, 2.5], []]
          """)
    #expect(
      listing(text).hasSuffix(
        #"""
        parameter name = "a \"b\""
        parameter flag = false
        parameter sizes = [1, 2]
        parameter rows = [[1, 2.5], []]
        """#))
  }
}
