import GraphIR

/// Names that no node has.
struct NewNames {
  private let graph: FrozenGraph
  /// The names that nodes have; looked up when the first name is asked for.
  private var taken: Set<String>?

  /// Names beside those of a graph's nodes.
  init(_ graph: FrozenGraph) {
    self.graph = graph
  }

  /// The name, or one that begins with it.
  mutating func unused(_ name: String) -> String {
    var names = taken ?? Set(graph.nodes.map(\.name))
    taken = nil
    var candidate = name
    var number = 1
    while !names.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    taken = names
    return candidate
  }
}
