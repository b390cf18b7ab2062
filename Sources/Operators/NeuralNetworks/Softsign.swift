import CKernels
import GraphIR
import Tensors

/// x / (1 + |x|) for each element x.
public struct Softsign: UnaryOperator {
  public static let name = "Softsign"
  public static let summary = "x / (1 + |x|) for each element x."
  public static let signature = Signature.activation

  public init() {}

  // ∂(x / (1 + |x|)) = ∂x / (1 + |x|)²
  public static let gradient = GradientRule.rule { g in
    [SoftsignGrad().applied(to: g.outputGradient, g.x)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_softsign_float32, .float64: staticgraph_softsign_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Softsign()) + [specialNumbers(Softsign())]
  }
}

/// x / (1 + |x|) for each element x.
///
/// - Parameter features: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `features`.
public func softsign(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(
    Softsign(), [features], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
