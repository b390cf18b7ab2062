import GraphIR
import Tensors

/// Normalises each channel of images, whose moments may be of another type.
public struct FusedBatchNormV2: BatchNormalizationForward {
  public static let name = "FusedBatchNormV2"
  public static let summary =
    "Normalises each channel of images, whose moments may be of another type."
  public static let signature = Signature.batchNormalization(
    channels: "U", reserves: 2, ["T": batchImageTypes, "U": [.float32, .float64]])
  public static let function: GraphFunction? = nil

  public var normalization = BatchNormalization()

  public init() {}

  public static func appendGradient(
    _ normalization: BatchNormalization, _ inputs: [Value], reserved: [Value]
  ) -> GraphNode {
    inputs[0].graph.append(
      FusedBatchNormGradV2(normalization), inputs, origin: .unknown)
  }
}
