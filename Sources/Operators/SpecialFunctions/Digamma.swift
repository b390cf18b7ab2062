import CKernels
import GraphIR
import Tensors

/// ψ(x), the derivative of log Γ(x), for each element x.
public struct Digamma: UnaryOperator {
  public static let name = "Digamma"
  public static let summary = "ψ(x), the derivative of log Γ(x), for each element x."

  public init() {}

  // ∂ψ(x) = ψ′(x) · ∂x
  public static let gradient = GradientRule.rule { g in
    [g.outputGradient * polygamma(g.x.scalar(1, origin: .unknown), g.x)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_digamma_float32, .float64: staticgraph_digamma_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Digamma(), in: 0.5...8) + [
      specialNumbers(Digamma()),
      Sample("negative numbers", Digamma(), [.sample([4], in: -2.7...(-2.3))]),
    ]
  }
}

/// ψ(x), the derivative of log Γ(x), for each element x.
///
/// NaN at 0 and at negative integers.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func digamma(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Digamma(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
