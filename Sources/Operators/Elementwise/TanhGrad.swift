import CKernels
import GraphIR
import Tensors

/// dy · (1 − y²): what flows back through `tanh`, from its result y.
public struct TanhGrad: PairedOperator {
  public static let name = "TanhGrad"
  public static let summary = "dy · (1 − y²): what flows back through tanh, from its result y."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // ∂z = (1 − y²) · ∂dy − 2·y·dy · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dy, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? -2 * (y * dy * dz) : nil,
      g.isNeeded[1] ? TanhGrad().applied(to: y, dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_tanh_grad_float32, .float64: staticgraph_tanh_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(TanhGrad(), x: -1...1) + [specialPairs(TanhGrad())]
  }
}
