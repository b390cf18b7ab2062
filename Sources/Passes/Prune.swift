import GraphIR

/// Removes what no fetch and no target depends on.
///
/// y = f(x), unused → nothing
let prune = Pass(
  name: "prune", summary: "removes what no fetch and no target depends on"
) { program in
  program.pruned()
}

extension Program {
  /// The program without what no fetch and no target depends on.
  func pruned() -> Program {
    let needed = neededNodes()
    if needed.allSatisfy(\.self) { return self }
    var result = FrozenGraph(limits: graph.limits)
    var map = EndpointMap(nodeCount: needed.count)
    for (position, node) in graph.nodes.enumerated() where needed[position] {
      map.move(position, to: result.nodes.count)
      result.nodes.append(map.moved(node))
    }
    return map.moved(self, into: result)
  }
}
