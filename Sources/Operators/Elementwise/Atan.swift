import CKernels
import GraphIR
import Tensors

/// The angle in radians of which each element is the tangent.
public struct Atan: UnaryOperator {
  public static let name = "Atan"
  public static let summary = "The angle in radians of which each element is the tangent."

  public init() {}

  // ∂ arctan x = ∂x / (1 + x²)
  public static let gradient = GradientRule.rule { g in [g.outputGradient / (1 + square(g.x))] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_atan_float32, .float64: staticgraph_atan_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Atan()) + [specialNumbers(Atan())]
  }
}

/// The angle in radians of which each element is the tangent.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Angles between −π/2 and π/2, of the type and shape of `x`.
public func atan(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Atan(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
