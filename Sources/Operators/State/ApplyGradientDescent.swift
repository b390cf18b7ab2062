import GraphIR
import Tensors

/// A step of gradient descent: var −= alpha · delta.
public struct ApplyGradientDescent: GradientDescentStep {
  public static let name = "ApplyGradientDescent"
  public static let summary = "A step of gradient descent: var −= alpha · delta."
  public static let signature = stepSignature(.reference)
  public static let attributes: [Attribute<ApplyGradientDescent>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
