import GraphIR
import Tensors

/// A step of AdaGrad (Duchi, Hazan and Singer 2011).
public struct ApplyAdagrad: AdagradStep {
  public static let name = "ApplyAdagrad"
  public static let summary = "A step of AdaGrad (Duchi, Hazan and Singer 2011)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyAdagrad>] = [
    lockingAttribute,
    .init(
      "update_slots", \.updatesSum, "Whether the sum of squares grows.", isArgument: false),
  ]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false
  /// Whether the sum of squares grows.
  public var updatesSum = true

  public init() {}

  public static let samples = commonSamples
}
