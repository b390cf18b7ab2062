import CKernels
import GraphIR
import Tensors

/// The natural logarithm of each element.
public struct Log: UnaryOperator {
  public static let name = "Log"
  public static let summary = "The natural logarithm of each element."

  public init() {}

  // ∂ log x = ∂x / x
  public static let gradient = GradientRule.rule { g in [g.outputGradient / g.x] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_log_float32, .float64: staticgraph_log_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Log(), in: 0.5...4) + [specialNumbers(Log())]
  }
}

/// The natural logarithm of each element.
///
/// The logarithm of 0 is −∞, that of a negative number NaN.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func log(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Log(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
