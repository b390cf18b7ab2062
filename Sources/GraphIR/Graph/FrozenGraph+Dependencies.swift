extension FrozenGraph {
  /// The positions of nodes and of all that they depend on, by data or control.
  ///
  /// - Parameter isEnd: Whether what a node depends on is left out; the node itself is not.
  package func dependencies(of roots: [Int], upTo isEnd: (Int) -> Bool) -> Set<Int> {
    var found: Set<Int> = []
    var open = roots
    while let position = open.popLast() {
      guard found.insert(position).inserted, !isEnd(position) else { continue }
      open += nodes[position].inputs.map(\.nodeIndex)
      open += nodes[position].controlInputs.map(Int.init)
    }
    return found
  }
}
