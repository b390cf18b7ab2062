import GraphIR
import Tensors

extension FrozenGraph {
  /// The graph with seeds for every random operator that states none.
  ///
  /// The seeds follow from the number and the node's name, so that each node has numbers of its
  /// own, the same in each session.
  public func seeded(with seed: UInt64) -> FrozenGraph {
    var result = self
    for (position, node) in nodes.enumerated() {
      guard let random = node.operation as? any SeededOperator, random.seed == 0,
        random.seed2 == 0
      else { continue }
      result.nodes[position].operation = Self.seeded(random, seed, node.name)
    }
    return result
  }

  private static func seeded(
    _ operation: some SeededOperator, _ seed: UInt64, _ name: String
  ) -> any Operator {
    var hash = StableHash()
    hash.combine(name)
    return operation.seeded(
      Int(truncatingIfNeeded: seed), Int(truncatingIfNeeded: hash.value | 1))
  }
}
