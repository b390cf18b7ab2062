import CKernels
import GraphIR
import Tensors

/// The number of which each element is the error function.
public struct Erfinv: UnaryOperator {
  public static let name = "Erfinv"
  public static let summary = "The number of which each element is the error function."

  public init() {}

  // With y = erfinv x:  ∂y = √π/2 · exp(y²) · ∂x
  public static let gradient = GradientRule.rule { g in
    [g.outputGradient * (0.886226925452758 * exp(square(g.output)))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_erfinv_float32, .float64: staticgraph_erfinv_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Erfinv(), in: -0.9...0.9) + [
      specialNumbers(Erfinv(), [.nan, 1, -1, 2, 0, 0.999999, 1e-20])
    ]
  }
}

/// The number of which each element is the error function.
///
/// - Parameter x: Floating-point numbers between −1 and 1; NaN comes of others.
/// - Returns: Numbers of the type and shape of `x`.
public func erfinv(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Erfinv(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
