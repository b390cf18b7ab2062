import CKernels
import GraphIR
import Tensors

/// The square of each element.
public struct Square: UnaryOperator {
  public static let name = "Square"
  public static let summary = "The square of each element."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .numeric])

  public init() {}

  // ∂ x² = 2·x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * (2 * g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_square_float32, .float64: staticgraph_square_float64,
    .int32: staticgraph_square_int32, .int64: staticgraph_square_int64,
    .uint8: staticgraph_square_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Square()) + [
      specialNumbers(Square()),
      Sample(
        "integers that wrap", Square(), [Tensor([Int32(46_341), -2_147_483_648])],
        differentiable: false),
    ]
  }
}

/// The square of each element.
///
/// Squares of integers wrap where they are too large.
///
/// - Parameter x: Any numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func square(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Square(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
