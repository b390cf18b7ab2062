import CKernels
import GraphIR
import Tensors

/// The hyperbolic tangent of each element.
public struct Tanh: UnaryOperator {
  public static let name = "Tanh"
  public static let summary = "The hyperbolic tangent of each element."

  public init() {}

  // ∂ tanh x = (1 − tanh² x) · ∂x
  public static let gradient = GradientRule.rule { g in
    [TanhGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_tanh_float32, .float64: staticgraph_tanh_float64,
  ]

  public static let samples = unarySamples(Tanh(), in: -4...4)
}

/// The hyperbolic tangent of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func tanh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Tanh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
