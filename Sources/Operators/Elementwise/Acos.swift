import CKernels
import GraphIR
import Tensors

/// The angle in radians of which each element is the cosine.
public struct Acos: UnaryOperator {
  public static let name = "Acos"
  public static let summary = "The angle in radians of which each element is the cosine."

  public init() {}

  // ∂ arccos x = −∂x / √(1 − x²)
  public static let gradient = GradientRule.rule { g in
    [-(g.outputGradient * rsqrt(1 - square(g.x)))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_acos_float32, .float64: staticgraph_acos_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Acos(), in: -0.9...0.9) + [specialNumbers(Acos(), [.nan, 1, -1, 2, -0.0])]
  }
}

/// The angle in radians of which each element is the cosine.
///
/// - Parameter x: Floating-point numbers between −1 and 1; NaN comes of others.
/// - Returns: Angles between 0 and π, of the type and shape of `x`.
public func acos(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Acos(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
