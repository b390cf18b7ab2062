import CKernels
import GraphIR
import Tensors

/// The hyperbolic sine of each element.
public struct Sinh: UnaryOperator {
  public static let name = "Sinh"
  public static let summary = "The hyperbolic sine of each element."

  public init() {}

  // ∂ sinh x = cosh x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * cosh(g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_sinh_float32, .float64: staticgraph_sinh_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Sinh()) + [specialNumbers(Sinh())]
  }
}

/// The hyperbolic sine of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func sinh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sinh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
