import GraphIR
import Tensors

/// A step of AdaDelta (Zeiler 2012).
public struct ApplyAdadelta: AdadeltaStep {
  public static let name = "ApplyAdadelta"
  public static let summary = "A step of AdaDelta (Zeiler 2012)."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyAdadelta>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
