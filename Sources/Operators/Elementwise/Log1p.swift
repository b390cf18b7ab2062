import CKernels
import GraphIR
import Tensors

/// The natural logarithm of 1 + x for each element x.
public struct Log1p: UnaryOperator {
  public static let name = "Log1p"
  public static let summary = "The natural logarithm of 1 + x for each element x."

  public init() {}

  // ∂ log (1 + x) = ∂x / (1 + x)
  public static let gradient = GradientRule.rule { g in [g.outputGradient / (1 + g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_log1p_float32, .float64: staticgraph_log1p_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Log1p(), in: -0.5...4) + [
      specialNumbers(Log1p(), [.nan, -1, -2, .infinity, -0.0, 1e-20])
    ]
  }
}

/// The natural logarithm of 1 + x for each element x.
///
/// Keeps the digits of an x close to 0, which the sum 1 + x loses.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func log1p(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Log1p(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
