import CKernels
import GraphIR
import Tensors

/// The angle in radians of which each element is the sine.
public struct Asin: UnaryOperator {
  public static let name = "Asin"
  public static let summary = "The angle in radians of which each element is the sine."

  public init() {}

  // ∂ arcsin x = ∂x / √(1 − x²)
  public static let gradient = GradientRule.rule { g in [g.outputGradient * rsqrt(1 - square(g.x))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_asin_float32, .float64: staticgraph_asin_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Asin(), in: -0.9...0.9) + [specialNumbers(Asin(), [.nan, 1, -1, 2, -0.0])]
  }
}

/// The angle in radians of which each element is the sine.
///
/// - Parameter x: Floating-point numbers between −1 and 1; NaN comes of others.
/// - Returns: Angles between −π/2 and π/2, of the type and shape of `x`.
public func asin(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Asin(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
