import CKernels
import GraphIR
import Tensors

/// The cosine of each element, in radians.
public struct Cos: UnaryOperator {
  public static let name = "Cos"
  public static let summary = "The cosine of each element, in radians."

  public init() {}

  // ∂ cos x = −sin x · ∂x
  public static let gradient = GradientRule.rule { g in [-(g.outputGradient * sin(g.x))] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_cos_float32, .float64: staticgraph_cos_float64,
  ]

  public static let samples = unarySamples(Cos(), in: -10...10)
}

/// The cosine of each element, in radians.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func cos(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Cos(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
