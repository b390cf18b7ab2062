import GraphIR
import Tensors

/// A step of RMSProp by the variance of the gradient (Graves 2013).
public struct ApplyCenteredRMSProp: CenteredRMSPropStep {
  public static let name = "ApplyCenteredRMSProp"
  public static let summary = "A step of RMSProp by the variance of the gradient (Graves 2013)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyCenteredRMSProp>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
