import GraphIR
import GraphLanguage
import Testing

@Suite("Elaboration of names")
struct ElaborationNameTests {
  @Test("A value has the name that it is declared with")
  func declaredNames() {
    #expect(
      listing(
        """
        placeholder x: Float64
        let y = 2 * x * sin(π * x)
        let dydx = gradient(of: y, withRespectTo: x)
        output y, dydx
        """)
          == """
          x = Placeholder(Float64)
          Const = Float64 2.0
          Mul = Mul(Const, x)
          Const_1 = Float64 3.1415927
          Mul_1 = Mul(Const_1, x)
          Sin = Sin(Mul_1)
          y = Mul(Mul, Sin)
          gradients/Const = Float64 1.0
          gradients/y_grad/Mul = Mul(gradients/Const, Sin)
          gradients/y_grad/Mul_1 = Mul(gradients/Const, Mul)
          gradients/Sin_grad/Cos = Cos(Mul_1)
          gradients/Sin_grad/Mul = Mul(gradients/y_grad/Mul_1, gradients/Sin_grad/Cos)
          gradients/Mul_1_grad/Mul = Mul(gradients/Sin_grad/Mul, Const_1)
          gradients/Mul_grad/Mul = Mul(gradients/y_grad/Mul, Const)
          dydx = AddN(gradients/Mul_1_grad/Mul, gradients/Mul_grad/Mul)
          output y, dydx
          """)
  }

  @Test("A second name of a value is an Identity")
  func secondNames() {
    #expect(
      listing(
        """
        placeholder x: Float32
        let a = x
        let b: Float32 = a
        let (c, d) = [sin(b), b]
        output y = c, a
        """)
          == """
          x = Placeholder(Float32)
          a = Identity(x)
          b = Identity(a)
          c = Sin(b)
          d = Identity(b)
          y = Identity(c)
          output y, a
          """)
  }

  @Test("A function's own name for a node gives way to a declared one")
  func declaredNamesWin() {
    #expect(
      listing(
        """
        placeholder x: Float32
        let y = sin(x * x)
        let Mul = x + y
        placeholder Sin: Float32
        let Mul_1 = sin(Sin)
        """)
          == """
          x = Placeholder(Float32)
          Mul_1_1 = Mul(x, x)
          y = Sin(Mul_1_1)
          Mul = AddV2(x, y)
          Sin = Placeholder(Float32)
          Mul_1 = Sin(Sin)
          """)
  }

  @Test("An operator with several outputs has one name, or one for each output")
  func severalOutputs() {
    #expect(
      listing(
        """
        placeholder s: Int32[2]
        let r = broadcastGradientArguments(s, s)
        let (a, b) = broadcastGradientArguments(s, s)
        let c = r.r1
        output c, b
        """)
          == """
          s = Placeholder(Int32[2])
          r = BroadcastGradientArgs(s, s)
          a = BroadcastGradientArgs(s, s)
          b = Identity(a:1)
          c = Identity(r:1)
          output c, b
          """)
  }

  @Test("The values of a var are numbered, and an output takes the name")
  func variables() {
    #expect(
      listing(
        """
        placeholder x: Float32
        var y = sin(x)
        y = sin(y)
        var z = x
        var n = 1
        n = n + 1
        output y, z, n
        target y
        """)
          == """
          x = Placeholder(Float32)
          y_2 = Sin(x)
          y_1 = Sin(y_2)
          y = Identity(y_1)
          z = Identity(x)
          n = Int32 2
          output y, z, n
          target y
          """)
  }

  @Test("A scope puts a prefix before names, which stay visible after it")
  func scopes() {
    #expect(
      listing(
        """
        placeholder x: Float32
        scope "encoder" {
          let y = sin(x)
          scope "inner/part" {
            let z = cos(y)
            output z
          }
        }
        scope "encoder" {
          let w = y + z
        }
        output y, w
        """)
          == """
          x = Placeholder(Float32)
          encoder/y = Sin(x)
          encoder/inner/part/z = Cos(encoder/y)
          encoder/w = AddV2(encoder/y, encoder/inner/part/z)
          y = Identity(encoder/y)
          w = Identity(encoder/w)
          output encoder/inner/part/z, y, w
          """)
  }

  @Test("Outputs and targets may be declared on the spot")
  func results() {
    #expect(
      listing(
        """
        placeholder x: Float32[2]
        output y = 2 * x, loss = sum(y, axes: [0]), n = 3, v = [0.5, 1]
        target train = loss, show = sin(x)
        let z = loss + 1
        output z
        """)
          == """
          x = Placeholder(Float32[2])
          Const = Float32 2.0
          y = Mul(Const, x)
          Const_1 = Int32 [0]
          loss = Sum(y, Const_1)
          n = Int32 3
          v = Float32 [0.5 1. ]
          train = Identity(loss)
          show = Sin(x)
          Const_4 = Float32 1.0
          z = AddV2(loss, Const_4)
          output y, loss, n, v, z
          target train, show
          """)
  }

  @Test("Names are given back where they stand in the file")
  func origins() throws {
    let graph = try compiled("placeholder x: Float32\nlet y = 1 + x * sin(x)\n")
    let columns = graph.nodes.map { "\($0.name) \($0.origin.location?.description ?? "")" }
    #expect(
      columns == [
        "x model.graph:1:13", "Sin model.graph:2:17", "Mul model.graph:2:13",
        "Const model.graph:2:9", "y model.graph:2:9",
      ])
  }
}
