import GraphIR
import GraphLanguage
import Testing

@Suite("Elaboration of blocks and loops")
struct ElaborationBlockTests {
  @Test("A block's nodes have the prefix of the name that its result gets, else of its own")
  func prefixes() {
    #expect(
      listing(
        """
        func twice(_ x) -> y {
          let y = 2 * x
        }
        placeholder x: Float32
        let h = twice(x)
        var v = twice(twice(h))
        v = twice(v) + twice(v)
        output out = twice(v)
        """)
          == """
          x = Placeholder(Float32)
          h/Const = Float32 2.0
          h/y = Mul(h/Const, x)
          h = Identity(h/y)
          twice/Const = Float32 2.0
          twice/y = Mul(twice/Const, h)
          v/Const = Float32 2.0
          v/y = Mul(v/Const, twice/y)
          twice_1/Const = Float32 2.0
          twice_1/y = Mul(twice_1/Const, v/y)
          twice_2/Const = Float32 2.0
          twice_2/y = Mul(twice_2/Const, v/y)
          v = AddV2(twice_1/y, twice_2/y)
          out/Const = Float32 2.0
          out/y = Mul(out/Const, v)
          out = Identity(out/y)
          output out
          """)
  }

  @Test("Several results are taken by member, by names in parentheses, or kept together")
  func severalResults() {
    #expect(
      listing(
        """
        parameter scale = 3
        func both(_ x, of y, plus z = 1 + scale) -> (sum, product) {
          let sum = x + y + z
          let product = x * y
        }
        placeholder x: Float32
        let r = both(x, of: x)
        let (s, _) = both(r.product, of: r.sum, plus: 2)
        output p = both(x, of: s).product
        """)
          == """
          x = Placeholder(Float32)
          r/AddV2 = AddV2(x, x)
          r/Const = Float32 4.0
          r/sum = AddV2(r/AddV2, r/Const)
          r/product = Mul(x, x)
          both/AddV2 = AddV2(r/product, r/sum)
          both/Const = Float32 2.0
          both/sum = AddV2(both/AddV2, both/Const)
          both/product = Mul(r/product, r/sum)
          s = Identity(both/sum)
          p/AddV2 = AddV2(x, s)
          p/Const = Float32 4.0
          p/sum = AddV2(p/AddV2, p/Const)
          p/product = Mul(x, s)
          p = Identity(p/product)
          output p
          parameter scale = 3
          """)
  }

  @Test("Blocks are known before their place, see what is around them, and nest")
  func scopesOfBlocks() {
    #expect(
      listing(
        """
        placeholder x: Float32
        let y = outer(x)
        func outer(_ a) -> b {
          func inner(_ c) -> d {
            let d = c + a + x
          }
          let b = inner(2)
        }
        """)
          == """
          x = Placeholder(Float32)
          y/b/Const = Float32 2.0
          y/b/AddV2 = AddV2(y/b/Const, x)
          y/b/d = AddV2(y/b/AddV2, x)
          y/b = Identity(y/b/d)
          y = Identity(y/b)
          """)
  }

  @Test("A block of numbers gives numbers, and a case calls the function of its name")
  func compileTimeBlocks() {
    #expect(
      listing(
        """
        func half(_ n) -> m {
          let m = n / 2
        }
        func apply(_ activation, to x) -> y {
          let y = activation(x)
        }
        func squared(_ x) -> y {
          let y = x * x
        }
        placeholder x: Float32[half(9)]
        let y = apply(.tanh, to: x)
        let z = apply(.squared, to: x)
        """)
          == """
          x = Placeholder(Float32[4])
          y/y = Tanh(x)
          y = Identity(y/y)
          z/y/y = Mul(x, x)
          z/y = Identity(z/y/y)
          z = Identity(z/y)
          """)
  }

  @Test("A loop is unrolled, a round with its number as the prefix")
  func loops() {
    #expect(
      listing(
        """
        placeholder x: Float32
        var y = x
        for i in 1...2 {
          let t = i * x
          y = y + t
        }
        for _ in 0..<2 {
          y = sin(y)
        }
        for i in 5..<5 {
          y = missing
        }
        for i in -1..<1 {
          for j in i..<0 {
            y = y - j
          }
        }
        output y
        """)
          == """
          x = Placeholder(Float32)
          i/1/Const = Float32 1.0
          i/1/t = Mul(i/1/Const, x)
          i/1/y = AddV2(x, i/1/t)
          i/2/Const = Float32 2.0
          i/2/t = Mul(i/2/Const, x)
          i/2/y = AddV2(i/1/y, i/2/t)
          loop/0/y = Sin(i/2/y)
          loop/1/y = Sin(loop/0/y)
          i_2/-1/j/-1/Const = Float32 -1.0
          i_2/-1/j/-1/y = Sub(loop/1/y, i_2/-1/j/-1/Const)
          y = Identity(i_2/-1/j/-1/y)
          output y
          """)
  }

  @Test("Names of a loop are local, and may be those of names outside")
  func localNames() {
    #expect(
      listing(
        """
        let n = 2
        var k = 0
        for n in 0..<3 {
          let m = n * n
          k = k + m
        }
        let m = k * n
        output m
        """)
          == """
          m = Int32 10
          output m
          """)
  }
}
