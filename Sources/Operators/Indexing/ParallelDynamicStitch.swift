import GraphIR
import Tensors

/// What `DynamicStitch` is, for files in which no index stands twice.
public struct ParallelDynamicStitch: Stitching {
  public static let name = "ParallelDynamicStitch"
  public static let summary =
    "The slices of several tensors put together into one, where no index stands twice."
  public static let signature = stitchSignature
  public static let function: GraphFunction? = nil

  public init() {}

  public static let gradient = GradientRule.rule { g in stitchGradient(g) }

  public static let samples = stitchSamples(ParallelDynamicStitch())
}
