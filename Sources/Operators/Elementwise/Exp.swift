import CKernels
import GraphIR
import Tensors

/// e to the power of each element.
public struct Exp: UnaryOperator {
  public static let name = "Exp"
  public static let summary = "e to the power of each element."

  public init() {}

  // ∂ exp x = exp x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * g.output] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_exp_float32, .float64: staticgraph_exp_float64,
  ]

  public static let samples = unarySamples(Exp(), in: -4...4)
}

/// e to the power of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least 0, of the type and shape of `x`.
public func exp(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Exp(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
