/// One output of one node, by number: what an edge of a frozen graph begins at.
public struct Endpoint: Hashable, Sendable {
  /// The position of the node in its graph.
  public var node: Int32
  /// Which of the node's outputs.
  public var output: Int32

  /// An output of the node at a position.
  @inlinable
  public init(node: Int, output: Int = 0) {
    self.node = Int32(truncatingIfNeeded: node)
    self.output = Int32(truncatingIfNeeded: output)
  }

  /// The position of the node, for use as an index.
  @inlinable public var nodeIndex: Int { Int(node) }
  /// The number of the output, for use as an index.
  @inlinable public var outputIndex: Int { Int(output) }
}
