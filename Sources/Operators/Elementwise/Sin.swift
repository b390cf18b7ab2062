import CKernels
import GraphIR
import Tensors

/// The sine of each element, in radians.
public struct Sin: UnaryOperator {
  public static let name = "Sin"
  public static let summary = "The sine of each element, in radians."

  public init() {}

  // ∂ sin x = cos x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * cos(g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_sin_float32, .float64: staticgraph_sin_float64,
  ]

  public static let samples = unarySamples(Sin(), in: -10...10)
}

/// The sine of each element, in radians.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func sin(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sin(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
