import GraphIR
import Tensors

/// A step of Adamax (Kingma and Ba 2015).
public struct ResourceApplyAdaMax: AdaMaxStep {
  public static let name = "ResourceApplyAdaMax"
  public static let summary = "A step of Adamax (Kingma and Ba 2015)."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyAdaMax>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
