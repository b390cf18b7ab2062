import CKernels
import GraphIR
import Tensors

/// The tangent of each element, in radians.
public struct Tan: UnaryOperator {
  public static let name = "Tan"
  public static let summary = "The tangent of each element, in radians."

  public init() {}

  // With y = tan x:  ∂y = (1 + y²) · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * (1 + square(g.output))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_tan_float32, .float64: staticgraph_tan_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Tan(), in: -1...1) + [specialNumbers(Tan())]
  }
}

/// The tangent of each element, in radians.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func tan(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Tan(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
