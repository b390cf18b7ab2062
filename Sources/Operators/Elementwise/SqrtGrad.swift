import CKernels
import GraphIR
import Tensors

/// dy / (2·y): what flows back through the square root, from its result y.
public struct SqrtGrad: PairedOperator {
  public static let name = "SqrtGrad"
  public static let summary =
    "dy / (2·y): what flows back through the square root, from its result y."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // With z = dy / (2·y):  ∂z = ∂dy / (2·y) − z/y · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dz) = (g.x, g.outputGradient)
    return [
      g.isNeeded[0] ? -(dz / y * g.output) : nil,
      g.isNeeded[1] ? SqrtGrad().applied(to: y, dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_sqrt_grad_float32, .float64: staticgraph_sqrt_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(SqrtGrad(), x: 0.5...2) + [specialPairs(SqrtGrad())]
  }
}
