import CKernels
import GraphIR
import Tensors

/// dy / (1 + |x|)²: what flows back through x / (1 + |x|).
public struct SoftsignGrad: PairedOperator {
  public static let name = "SoftsignGrad"
  public static let summary =
    "dy / (1 + |x|)²: what flows back through x / (1 + |x|)."
  public static let signature = Signature.gradientFromFeatures()

  public init() {}

  // ∂z = ∂dy / (1 + |x|)² − 2·z/(1 + |x|) · sign x · ∂x
  public static let gradient = GradientRule.rule { g in
    let (x, z, dz) = (g.y, g.output, g.outputGradient)
    let sign = { (value: Value) in select(x .> 0, value, -value) }
    return [
      g.isNeeded[0] ? SoftsignGrad().applied(to: dz, x) : nil,
      g.isNeeded[1] ? -2 * (dz * sign(z) / (1 + sign(x))) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_softsign_grad_float32, .float64: staticgraph_softsign_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(SoftsignGrad()) + [specialPairs(SoftsignGrad())]
  }
}
