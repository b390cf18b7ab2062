import GraphIR
import Tensors

/// A step of RMSProp (Hinton 2012).
public struct ResourceApplyRMSProp: RMSPropStep {
  public static let name = "ResourceApplyRMSProp"
  public static let summary = "A step of RMSProp (Hinton 2012)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyRMSProp>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
