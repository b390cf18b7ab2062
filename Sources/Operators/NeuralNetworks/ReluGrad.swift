import CKernels
import GraphIR
import Tensors

/// What flows back through relu: nothing where the feature is not positive.
public struct ReluGrad: PairedOperator {
  public static let name = "ReluGrad"
  public static let summary =
    "What flows back through relu: nothing where the feature is not positive."
  public static let signature = Signature.gradientFromFeatures(.numeric)

  public init() {}

  // What flows back again goes the same way; the features only choose it.
  public static let gradient = GradientRule.rule { g in
    [g.isNeeded[0] ? ReluGrad().applied(to: g.outputGradient, g.y) : nil, nil]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_relu_grad_float32, .float64: staticgraph_relu_grad_float64,
    .int32: staticgraph_relu_grad_int32, .int64: staticgraph_relu_grad_int64,
    .uint8: staticgraph_relu_grad_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(ReluGrad()) + [specialPairs(ReluGrad())]
  }
}
