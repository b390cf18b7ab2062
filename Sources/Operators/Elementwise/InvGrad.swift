import GraphIR
import Tensors

/// −dy · y²: what flows back through 1 / x, under an older name.
public struct InvGrad: PairedOperator {
  public static let name = "InvGrad"
  public static let summary =
    "−dy · y²: what flows back through 1 / x, under an older name."
  public static let signature = Signature.gradientFromResult

  public init() {}

  // ∂z = −y² · ∂dy − 2·y·dy · ∂y
  public static let gradient = ReciprocalGrad.gradient

  static let loops = ReciprocalGrad.loops

  public static let samples = pairedSamples(InvGrad())
}
