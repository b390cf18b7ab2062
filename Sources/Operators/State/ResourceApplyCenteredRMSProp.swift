import GraphIR
import Tensors

/// A step of RMSProp by the variance of the gradient (Graves 2013).
public struct ResourceApplyCenteredRMSProp: CenteredRMSPropStep {
  public static let name = "ResourceApplyCenteredRMSProp"
  public static let summary = "A step of RMSProp by the variance of the gradient (Graves 2013)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyCenteredRMSProp>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
