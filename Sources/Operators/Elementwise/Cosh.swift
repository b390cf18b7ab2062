import CKernels
import GraphIR
import Tensors

/// The hyperbolic cosine of each element.
public struct Cosh: UnaryOperator {
  public static let name = "Cosh"
  public static let summary = "The hyperbolic cosine of each element."

  public init() {}

  // ∂ cosh x = sinh x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * sinh(g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_cosh_float32, .float64: staticgraph_cosh_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Cosh()) + [specialNumbers(Cosh())]
  }
}

/// The hyperbolic cosine of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least 1, of the type and shape of `x`.
public func cosh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Cosh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
