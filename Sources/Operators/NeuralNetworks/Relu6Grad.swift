import CKernels
import GraphIR
import Tensors

/// What flows back through relu6: nothing where the feature is not between 0 and 6.
public struct Relu6Grad: PairedOperator {
  public static let name = "Relu6Grad"
  public static let summary =
    "What flows back through relu6: nothing where the feature is not between 0 and 6."
  public static let signature = Signature.gradientFromFeatures(.numeric)

  public init() {}

  // What flows back again goes the same way; the features only choose it.
  public static let gradient = GradientRule.rule { g in
    [g.isNeeded[0] ? Relu6Grad().applied(to: g.outputGradient, g.y) : nil, nil]
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_relu6_grad_float32, .float64: staticgraph_relu6_grad_float64,
    .int32: staticgraph_relu6_grad_int32, .int64: staticgraph_relu6_grad_int64,
    .uint8: staticgraph_relu6_grad_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    pairedSamples(Relu6Grad(), y: -4...10) + [specialPairs(Relu6Grad())]
  }
}
