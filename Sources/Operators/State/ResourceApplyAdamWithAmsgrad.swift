import GraphIR
import Tensors

/// A step of AMSGrad (Reddi, Kale and Kumar 2018).
public struct ResourceApplyAdamWithAmsgrad: AdamWithAmsgradStep {
  public static let name = "ResourceApplyAdamWithAmsgrad"
  public static let summary = "A step of AMSGrad (Reddi, Kale and Kumar 2018)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdamWithAmsgrad>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
