import GraphIR
import Tensors

/// A step of Adam (Kingma and Ba 2015).
public struct ApplyAdam: AdamStep {
  public static let name = "ApplyAdam"
  public static let summary = "A step of Adam (Kingma and Ba 2015)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyAdam>] = [
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
