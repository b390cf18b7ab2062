import GraphIR
import Tensors

/// A step of AdaGrad (Duchi, Hazan and Singer 2011).
public struct ResourceApplyAdagrad: AdagradStep {
  public static let name = "ResourceApplyAdagrad"
  public static let summary = "A step of AdaGrad (Duchi, Hazan and Singer 2011)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdagrad>] = [
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
