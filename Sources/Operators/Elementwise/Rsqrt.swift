import CKernels
import GraphIR
import Tensors

/// 1 / √x for each element x.
public struct Rsqrt: UnaryOperator {
  public static let name = "Rsqrt"
  public static let summary = "1 / √x for each element x."

  public init() {}

  // With y = 1 / √x:  ∂y = −y³ · ∂x / 2
  public static let gradient = GradientRule.rule { g in
    [RsqrtGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_rsqrt_float32, .float64: staticgraph_rsqrt_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Rsqrt(), in: 0.5...4) + [specialNumbers(Rsqrt())]
  }
}

/// 1 / √x for each element x.
///
/// The root of a negative number is NaN.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least 0, of the type and shape of `x`.
public func rsqrt(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Rsqrt(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
