import Testing

/// A source, and its canonical form.
struct FormatCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var source: String
  var formatted: String

  init(_ name: String, _ source: String, _ formatted: String) {
    testDescription = name
    self.source = source
    self.formatted = formatted + "\n"
  }

  static let all: [FormatCase] = [
    FormatCase(
      "spaces",
      """
      placeholder   x :Float64;let y=2*x*sin(  π*x )
      placeholder a:Float32[ ? ,28,28 ,1]
      placeholder u : Float32[ * ]=[1,-2 , (3)]
      (a,_)=f ( x : -x ,in : .same)
      let z = block(x) .output [ 0 ].shape
      """,
      """
      placeholder x: Float64
      let y = 2 * x * sin(π * x)
      placeholder a: Float32[?, 28, 28, 1]
      placeholder u: Float32[*] = [1, -2, (3)]
      (a, _) = f(x: -x, in: .same)
      let z = block(x).output[0].shape
      """),
    FormatCase(
      "blank lines and comments",
      """


      // header


      let a = 1// one
      let b = 2 ; // two

      let c = 3


      // last


      """,
      """
      // header

      let a = 1  // one
      let b = 2  // two

      let c = 3

      // last
      """),
    FormatCase(
      "blocks",
      """
      func dense( _ x,units , of y = -0.5)->(output,weights){

      let output=activation(x)   ;   let weights = -1 // why

      // last

      }
      for i in 0 ..< n { for _ in 1...  (n) { } }
      scope "a"

      {
      for i in 0 ..< -n { x = x // c
      } }
      """,
      """
      func dense(_ x, units, of y = -0.5) -> (output, weights) {
        let output = activation(x)
        let weights = -1  // why

        // last
      }
      for i in 0..<n {
        for _ in 1...(n) {}
      }
      scope "a" {
        for i in 0 ..< -n {
          x = x  // c
        }
      }
      """),
    FormatCase(
      "statements over several lines",
      """
      let y = a
      + b
          - c   // why
      x = x +
      // between
        1
      let m = block(x)
      .output
      output y,
           dydx
      """,
      """
      let y = a
        + b
        - c  // why
      x = x +
        // between
        1
      let m = block(x)
        .output
      output y,
        dydx
      """),
    FormatCase(
      "brackets over several lines",
      """
      let k = [
        // first
        [1,2],


        [3 , 4],

        // end
      ]
      let z = f(x,
      g(y,
      h(z
      * 2,
      3)
      ))
      """,
      """
      let k = [
        // first
        [1, 2],

        [3, 4],

        // end
      ]
      let z = f(x,
        g(y,
          h(z
              * 2,
            3)
        ))
      """),
    FormatCase(
      "names in backticks and texts with values",
      #"""
      let `a/b`=`c`  /  -`d.e`   .x
      scope "l\(i+1)_\( f("a  b",  2) )"{ }
      output "a  b"=x ,`c`
      """#,
      #"""
      let `a/b` = `c` / -`d.e`.x
      scope "l\(i+1)_\( f("a  b",  2) )" {}
      output "a  b" = x, `c`
      """#),
    FormatCase(
      "attributes",
      #"""
      @image( size : 227,crop: .center ) @labels("a")placeholder x:Float32[ ? ]
      scope "s" { @image


        // why
        placeholder y : Float32; @labels ( "b" )
      output z,w=x }
      """#,
      #"""
      @image(size: 227, crop: .center)
      @labels("a")
      placeholder x: Float32[?]
      scope "s" {
        @image
        // why
        placeholder y: Float32
        @labels("b")
        output z, w = x
      }
      """#),
    FormatCase(
      "line ends of other systems", "let a=1\r\n\r\n\r\n// c\r\nlet b=2\rlet c=3",
      """
      let a = 1

      // c
      let b = 2
      let c = 3
      """),
  ]
}
