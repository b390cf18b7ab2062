import GraphIR
import Tensors

/// A step of Adam (Kingma and Ba 2015).
public struct ResourceApplyAdam: AdamStep {
  public static let name = "ResourceApplyAdam"
  public static let summary = "A step of Adam (Kingma and Ba 2015)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdam>] = [
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
