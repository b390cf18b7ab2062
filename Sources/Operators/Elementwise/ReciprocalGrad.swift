import CKernels
import GraphIR
import Tensors

/// −dy · y²: what flows back through 1 / x, from its result y.
public struct ReciprocalGrad: PairedOperator {
  public static let name = "ReciprocalGrad"
  public static let summary =
    "−dy · y²: what flows back through 1 / x, from its result y."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // ∂z = −y² · ∂dy − 2·y·dy · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dy, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? -2 * (y * dy * dz) : nil,
      g.isNeeded[1] ? ReciprocalGrad().applied(to: y, dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_reciprocal_grad_float32, .float64: staticgraph_reciprocal_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(ReciprocalGrad()) + [specialPairs(ReciprocalGrad())]
  }
}
