import GraphIR
import Tensors

/// A step of Adamax (Kingma and Ba 2015).
public struct ApplyAdaMax: AdaMaxStep {
  public static let name = "ApplyAdaMax"
  public static let summary = "A step of Adamax (Kingma and Ba 2015)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyAdaMax>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
