import CKernels
import GraphIR
import Tensors

/// log (1 + exp x) for each element x.
public struct Softplus: UnaryOperator {
  public static let name = "Softplus"
  public static let summary = "log (1 + exp x) for each element x."
  public static let signature = Signature.activation

  public init() {}

  // ∂ log (1 + exp x) = ∂x / (1 + exp(−x))
  public static let gradient = GradientRule.rule { g in
    [SoftplusGrad().applied(to: g.outputGradient, g.x)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_softplus_float32, .float64: staticgraph_softplus_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Softplus()) + [
      specialNumbers(Softplus(), [.nan, -.infinity, .infinity, 0, 50, -50, 800, -800])
    ]
  }
}

/// log (1 + exp x) for each element x.
///
/// - Parameter features: Floating-point numbers.
/// - Returns: Numbers that are at least 0, of the type and shape of `features`.
public func softplus(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(
    Softplus(), [features], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
