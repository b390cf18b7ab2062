import CKernels
import GraphIR
import Tensors

/// The number of which each element is the hyperbolic sine.
public struct Asinh: UnaryOperator {
  public static let name = "Asinh"
  public static let summary = "The number of which each element is the hyperbolic sine."

  public init() {}

  // With y = arsinh x:  ∂y = ∂x / cosh y
  public static let gradient = GradientRule.rule { g in [g.outputGradient / cosh(g.output)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_asinh_float32, .float64: staticgraph_asinh_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Asinh()) + [specialNumbers(Asinh())]
  }
}

/// The number of which each element is the hyperbolic sine.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func asinh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Asinh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
