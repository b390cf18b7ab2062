import GraphIR
import Tensors

/// What flows back through images that were normalised by mean and variance.
public struct FusedBatchNormGradV3: BatchNormalizationBackward {
  public static let name = "FusedBatchNormGradV3"
  public static let summary =
    "What flows back through images that were normalised by mean and variance."
  public static let signature = Signature.batchNormalizationGradient(
    channels: "U", reserves: 3, ["T": batchImageTypes, "U": [.float32, .float64]])

  public var normalization = BatchNormalization()

  public init() {}
}
