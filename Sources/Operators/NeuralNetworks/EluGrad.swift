import CKernels
import GraphIR
import Tensors

/// What flows back through elu: dy · (y + 1) where its result y is negative, else dy.
public struct EluGrad: PairedOperator {
  public static let name = "EluGrad"
  public static let summary =
    "What flows back through elu: dy · (y + 1) where its result y is negative, else dy."
  public static let signature = Signature.gradientFromOutputs

  public init() {}

  // Where y is negative, ∂z = (y + 1) · ∂dy + dy · ∂y; elsewhere ∂z = ∂dy.
  public static let gradient = GradientRule.rule { g in
    let (dy, y, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? EluGrad().applied(to: dz, y) : nil,
      g.isNeeded[1] ? select(0 .> y, dy * dz, zeros(like: y)) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_elu_grad_float32, .float64: staticgraph_elu_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(EluGrad()) + [specialPairs(EluGrad())]
  }
}
