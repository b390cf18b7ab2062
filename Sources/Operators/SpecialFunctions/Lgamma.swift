import CKernels
import GraphIR
import Tensors

/// The logarithm of the magnitude of the gamma function of each element.
public struct Lgamma: UnaryOperator {
  public static let name = "Lgamma"
  public static let summary =
    "The logarithm of the magnitude of the gamma function of each element."

  public init() {}

  // ∂ log |Γ(x)| = ψ(x) · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * digamma(g.x)] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_lgamma_float32, .float64: staticgraph_lgamma_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Lgamma(), in: 0.5...8) + [
      specialNumbers(Lgamma()),
      Sample("negative numbers", Lgamma(), [.sample([4], in: -2.7...(-2.3))]),
    ]
  }
}

/// The logarithm of the magnitude of the gamma function of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func lgamma(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Lgamma(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
