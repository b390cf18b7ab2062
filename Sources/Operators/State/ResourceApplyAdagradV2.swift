import GraphIR
import Tensors

/// A step of AdaGrad whose divisor has a summand.
public struct ResourceApplyAdagradV2: AdagradV2Step {
  public static let name = "ResourceApplyAdagradV2"
  public static let summary = "A step of AdaGrad whose divisor has a summand."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdagradV2>] = [
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
