import GraphIR
import Tensors

/// Normalises each channel of images, all in one type.
public struct FusedBatchNorm: BatchNormalizationForward {
  public static let name = "FusedBatchNorm"
  public static let summary = "Normalises each channel of images, all in one type."
  public static let signature = Signature.batchNormalization(
    channels: "T", reserves: 2, ["T": [.float32, .float64]])
  public static let function: GraphFunction? = nil

  public var normalization = BatchNormalization()

  public init() {}

  public static func appendGradient(
    _ normalization: BatchNormalization, _ inputs: [Value], reserved: [Value]
  ) -> GraphNode {
    inputs[0].graph.append(
      FusedBatchNormGrad(normalization), inputs, origin: .unknown)
  }
}
