import GraphIR
import Tensors

/// A step of AdaDelta (Zeiler 2012).
public struct ResourceApplyAdadelta: AdadeltaStep {
  public static let name = "ResourceApplyAdadelta"
  public static let summary = "A step of AdaDelta (Zeiler 2012)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdadelta>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
