import CKernels
import GraphIR
import Tensors

/// The number of which each element is the hyperbolic tangent.
public struct Atanh: UnaryOperator {
  public static let name = "Atanh"
  public static let summary = "The number of which each element is the hyperbolic tangent."

  public init() {}

  // ∂ artanh x = ∂x / (1 − x²)
  public static let gradient = GradientRule.rule { g in [g.outputGradient / (1 - square(g.x))] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_atanh_float32, .float64: staticgraph_atanh_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Atanh(), in: -0.9...0.9) + [specialNumbers(Atanh(), [.nan, 1, -1, 2, -0.0])]
  }
}

/// The number of which each element is the hyperbolic tangent.
///
/// - Parameter x: Floating-point numbers between −1 and 1; NaN comes of others.
/// - Returns: Numbers of the type and shape of `x`.
public func atanh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Atanh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
