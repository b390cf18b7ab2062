import CKernels
import GraphIR
import Tensors

/// What flows back through selu, from its result.
public struct SeluGrad: PairedOperator {
  public static let name = "SeluGrad"
  public static let summary =
    "What flows back through selu, from its result."
  public static let signature = Signature.gradientFromOutputs

  public init() {}

  // Where y is negative, ∂z = (y + s·α) · ∂dy + dy · ∂y; elsewhere ∂z = s · ∂dy.
  public static let gradient = GradientRule.rule { g in
    let (dy, y, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? SeluGrad().applied(to: dz, y) : nil,
      g.isNeeded[1] ? select(0 .> y, dy * dz, zeros(like: y)) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_selu_grad_float32, .float64: staticgraph_selu_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(SeluGrad()) + [specialPairs(SeluGrad())]
  }
}
