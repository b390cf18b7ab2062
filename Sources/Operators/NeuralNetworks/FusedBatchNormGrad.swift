import GraphIR
import Tensors

/// What flows back through normalised images, all in one type.
public struct FusedBatchNormGrad: BatchNormalizationBackward {
  public static let name = "FusedBatchNormGrad"
  public static let summary = "What flows back through normalised images, all in one type."
  public static let signature = Signature.batchNormalizationGradient(
    channels: "T", reserves: 2, ["T": [.float32, .float64]])

  public var normalization = BatchNormalization()

  public init() {}
}
