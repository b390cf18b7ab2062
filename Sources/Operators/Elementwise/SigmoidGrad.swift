import CKernels
import GraphIR
import Tensors

/// dy · y · (1 − y): what flows back through the sigmoid, from its result y.
public struct SigmoidGrad: PairedOperator {
  public static let name = "SigmoidGrad"
  public static let summary =
    "dy · y · (1 − y): what flows back through the sigmoid, from its result y."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // ∂z = y · (1 − y) · ∂dy + dy · (1 − 2·y) · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dy, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? dy * dz * (1 - 2 * y) : nil,
      g.isNeeded[1] ? SigmoidGrad().applied(to: y, dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_sigmoid_grad_float32, .float64: staticgraph_sigmoid_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(SigmoidGrad(), x: 0...1) + [specialPairs(SigmoidGrad())]
  }
}
