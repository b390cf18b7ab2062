import Tensors

extension Examples {
  /// The examples of one epoch in batches.
  ///
  /// - Parameters:
  ///   - size: How many examples a batch has.
  ///   - shuffleSeed: Decides the order, together with the epoch and the count of examples: the
  ///     same on every machine. Without a seed the order is that of the examples.
  ///   - epoch: The number of the epoch, from 0 on.
  ///   - droppingPartialBatch: Whether a last batch of fewer examples is left out.
  ///   - prefetching: Whether a thread prepares the next two batches meanwhile.
  /// - Throws: `TensorError` for a size below 1, a negative epoch, and when the system has no
  ///   memory left for the buffers.
  public func batches(
    size: Int, shuffleSeed: UInt64? = nil, epoch: Int = 0, droppingPartialBatch: Bool = false,
    prefetching: Bool = true
  ) throws -> Batches {
    guard epoch >= 0, epoch < .max else {
      throw TensorError("the number of an epoch from 0 on was expected, found \(epoch)")
    }
    return try batches(
      size: size, shuffleSeed: shuffleSeed, epochs: epoch..<epoch + 1,
      droppingPartialBatch: droppingPartialBatch, prefetching: prefetching)
  }

  /// The examples of several epochs in batches, one epoch after the other.
  ///
  /// The same batches as those of each epoch on its own; the first ones of an epoch are prepared
  /// while the last of the epoch before are used.
  ///
  /// - Throws: As `batches(size:shuffleSeed:epoch:droppingPartialBatch:prefetching:)`.
  public func batches(
    size: Int, shuffleSeed: UInt64? = nil, epochs: Range<Int>, droppingPartialBatch: Bool = false,
    prefetching: Bool = true
  ) throws -> Batches {
    try Batches(
      BatchRecipe(
        examples: self, size: size, shuffleSeed: shuffleSeed, epochs: epochs,
        droppingPartialBatch: droppingPartialBatch),
      prefetching: prefetching)
  }
}

/// A sequence of batches, which may be gone through more than once.
///
/// Each iteration has a thread of its own, which ends with the iterator: when a loop is done or
/// left early. A single batch is prepared without one.
public struct Batches: Sequence, Sendable {
  let recipe: BatchRecipe
  private let memory: BatchMemory
  private var positions: Range<Int>
  private let prefetching: Bool

  init(_ recipe: BatchRecipe, prefetching: Bool) throws {
    self.recipe = recipe
    self.prefetching = prefetching
    positions = 0..<recipe.count
    memory = BatchMemory(byteCount: recipe.bufferByteCount)
    // One buffer with whoever uses the batches, and those that are filled or wait.
    let buffers = prefetching ? 1 + Prefetcher.depth : 1
    try memory.reserve(Swift.min(buffers, recipe.count))
  }

  /// How many batches there are, over all epochs.
  public var count: Int { positions.count }

  /// As many as there are.
  public var underestimatedCount: Int { count }

  /// The batches after the first ones, which are not prepared at all.
  ///
  /// What a training that goes on in the middle of an epoch begins with.
  public func dropFirst(_ dropped: Int = 1) -> Batches {
    var result = self
    result.positions = positions.dropFirst(Swift.max(0, dropped))
    return result
  }

  /// An iterator, whose thread begins to prepare batches at once.
  public func makeIterator() -> Iterator {
    Iterator(BatchMaker(recipe, memory), positions: positions, prefetching: prefetching)
  }

  /// Hands out the batches, on one thread at a time.
  public final class Iterator: IteratorProtocol {
    private let maker: BatchMaker
    private var positions: Range<Int>
    private let prefetcher: Prefetcher?

    init(_ maker: BatchMaker, positions: Range<Int>, prefetching: Bool) {
      self.maker = maker
      self.positions = positions
      // A system that has no thread left is no reason to fail.
      prefetcher =
        prefetching && positions.count > 1 ? Prefetcher(maker, positions: positions) : nil
    }

    /// The next batch, or `nil` after the last; waits until it is prepared.
    public func next() -> Batch? {
      guard let position = positions.popFirst() else { return nil }
      return prefetcher?.batch(at: position) ?? maker.batch(at: position)
    }
  }
}
