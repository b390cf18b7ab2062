import CKernels
import GraphIR
import Tensors

/// The number of which each element is the hyperbolic cosine.
public struct Acosh: UnaryOperator {
  public static let name = "Acosh"
  public static let summary = "The number of which each element is the hyperbolic cosine."

  public init() {}

  // With y = arcosh x:  ∂y = ∂x / sinh y
  public static let gradient = GradientRule.rule { g in [g.outputGradient / sinh(g.output)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_acosh_float32, .float64: staticgraph_acosh_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Acosh(), in: 1.5...4) + [specialNumbers(Acosh(), [.nan, 1, 0.5, -1, .infinity])]
  }
}

/// The number of which each element is the hyperbolic cosine.
///
/// - Parameter x: Floating-point numbers from 1 on; NaN comes of others.
/// - Returns: Numbers that are at least 0, of the type and shape of `x`.
public func acosh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Acosh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
