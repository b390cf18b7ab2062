import CKernels
import GraphIR
import Tensors

/// dy / (1 + exp(−x)): what flows back through log (1 + exp x).
public struct SoftplusGrad: PairedOperator {
  public static let name = "SoftplusGrad"
  public static let summary =
    "dy / (1 + exp(−x)): what flows back through log (1 + exp x)."
  public static let signature = Signature.gradientFromFeatures()

  public init() {}

  // With s = sigmoid x:  ∂z = s · ∂dy + dy · s · (1 − s) · ∂x
  public static let gradient = GradientRule.rule { g in
    let (dy, x, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? SoftplusGrad().applied(to: dz, x) : nil,
      g.isNeeded[1] ? SigmoidGrad().applied(to: sigmoid(x), dy * dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_softplus_grad_float32, .float64: staticgraph_softplus_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(SoftplusGrad()) + [specialPairs(SoftplusGrad())]
  }
}
