import GraphIR
import Tensors

/// 1 / x for each element x, under an older name.
public struct Inv: UnaryOperator {
  public static let name = "Inv"
  public static let summary = "1 / x for each element x, under an older name."
  public static let signature = Signature.signedUnary
  public static let function: GraphFunction? = nil

  public init() {}

  // With y = 1 / x:  ∂y = −y² · ∂x
  public static let gradient = GradientRule.rule { g in
    [ReciprocalGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops = Reciprocal.loops

  public static let samples = floatingPointSamples(Inv(), in: 0.5...4)
}
