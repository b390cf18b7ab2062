import GraphIR
import Tensors

/// A step of gradient descent with momentum.
public struct ApplyMomentum: MomentumStep {
  public static let name = "ApplyMomentum"
  public static let summary = "A step of gradient descent with momentum."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyMomentum>] = [
    lockingAttribute,
    .init("use_nesterov", \.isNesterov, "Whether it is Nesterov's form.", isArgument: false),
  ]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false
  /// Whether it is Nesterov's form.
  public var isNesterov = false

  public init() {}

  public static let samples = commonSamples
}
