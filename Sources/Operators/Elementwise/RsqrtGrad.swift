import CKernels
import GraphIR
import Tensors

/// −dy · y³ / 2: what flows back through 1 / √x, from its result y.
public struct RsqrtGrad: PairedOperator {
  public static let name = "RsqrtGrad"
  public static let summary =
    "−dy · y³ / 2: what flows back through 1 / √x, from its result y."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // ∂z = −y³/2 · ∂dy − 3/2·dy·y² · ∂y
  public static let gradient = GradientRule.rule { g in
    let (y, dy, dz) = (g.x, g.y, g.outputGradient)
    return [
      g.isNeeded[0] ? -1.5 * (dy * dz * square(y)) : nil,
      g.isNeeded[1] ? RsqrtGrad().applied(to: y, dz) : nil,
    ]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_rsqrt_grad_float32, .float64: staticgraph_rsqrt_grad_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(RsqrtGrad(), x: 0.5...2) + [specialPairs(RsqrtGrad())]
  }
}
