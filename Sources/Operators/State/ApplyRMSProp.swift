import GraphIR
import Tensors

/// A step of RMSProp (Hinton 2012).
public struct ApplyRMSProp: RMSPropStep {
  public static let name = "ApplyRMSProp"
  public static let summary = "A step of RMSProp (Hinton 2012)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyRMSProp>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
