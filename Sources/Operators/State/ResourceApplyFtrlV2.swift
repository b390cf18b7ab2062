import GraphIR
import Tensors

/// A step of FTRL-Proximal with shrinkage.
public struct ResourceApplyFtrlV2: FtrlV2Step {
  public static let name = "ResourceApplyFtrlV2"
  public static let summary = "A step of FTRL-Proximal with shrinkage."
  public static let signature = stepSignature(.handle)
  public static let attributes: [Attribute<ResourceApplyFtrlV2>] = [
    lockingAttribute,
    .init(
      "multiply_linear_by_lr", \.scalesLinearByRate,
      "Whether the linear term is kept times the learning rate.", isArgument: false),
  ]

  /// Kept for TensorFlow: a run that changes variables is never disturbed here.
  public var usesLocking = false
  /// Whether the linear term is kept times the learning rate.
  public var scalesLinearByRate = false

  public init() {}

  public static let samples = commonSamples
}
