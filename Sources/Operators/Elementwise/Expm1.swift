import CKernels
import GraphIR
import Tensors

/// e to the power of each element, less 1.
public struct Expm1: UnaryOperator {
  public static let name = "Expm1"
  public static let summary = "e to the power of each element, less 1."

  public init() {}

  // ∂(exp x − 1) = exp x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * exp(g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_expm1_float32, .float64: staticgraph_expm1_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Expm1()) + [specialNumbers(Expm1())]
  }
}

/// e to the power of each element, less 1.
///
/// Keeps the digits that the difference loses for elements close to 0.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least −1, of the type and shape of `x`.
public func expm1(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Expm1(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
