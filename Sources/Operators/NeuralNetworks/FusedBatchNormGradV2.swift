import GraphIR
import Tensors

/// What flows back through normalised images, whose moments may be of another type.
public struct FusedBatchNormGradV2: BatchNormalizationBackward {
  public static let name = "FusedBatchNormGradV2"
  public static let summary =
    "What flows back through normalised images, whose moments may be of another type."
  public static let signature = Signature.batchNormalizationGradient(
    channels: "U", reserves: 2, ["T": batchImageTypes, "U": [.float32, .float64]])

  public var normalization = BatchNormalization()

  public init() {}
}
