import GraphIR
import Tensors

/// A step of gradient descent: var −= alpha · delta.
public struct ResourceApplyGradientDescent: GradientDescentStep {
  public static let name = "ResourceApplyGradientDescent"
  public static let summary = "A step of gradient descent: var −= alpha · delta."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyGradientDescent>] = [lockingAttribute]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false

  public init() {}

  public static let samples = commonSamples
}
