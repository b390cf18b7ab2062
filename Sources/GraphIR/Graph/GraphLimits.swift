/// What a graph may ask for, checked before anything is allocated.
public struct GraphLimits: Hashable, Sendable {
  /// The most nodes a graph may have.
  public var nodeCount: Int
  /// The most bytes that one tensor, or the arena of one plan, may take.
  public var byteCount: Int

  /// Ten million nodes and 16 GiB, unless told otherwise.
  public init(nodeCount: Int = 10_000_000, byteCount: Int = 16 << 30) {
    self.nodeCount = nodeCount
    self.byteCount = byteCount
  }
}
