import Tensors

/// Examples that are handed to a training step or a test together.
///
/// A batch is a value and may be kept. The memory of its tensors is used for a later batch once
/// the last copy of both is gone, so that a loop that keeps none goes round in a few buffers.
public struct Batch: Sendable {
  /// `Float32[n, …]`: pixels divided by 255, minus the mean image where there is one.
  public let images: Tensor
  /// `Int32[n]`.
  public let labels: Tensor
  /// The epoch that the batch belongs to.
  public let epoch: Int
  /// The position of the batch in its epoch, from 0 on.
  public let index: Int

  /// How many examples there are.
  public var count: Int { labels.elementCount }
}
