import GraphIR

/// Removes what no fetch and no target depends on.
///
/// y = f(x), unused → nothing
let prune = Pass(
  name: "prune", summary: "removes what no fetch and no target depends on"
) { program in
  let needed = program.neededNodes()
  if needed.allSatisfy(\.self) { return program }
  var graph = FrozenGraph(limits: program.graph.limits)
  var map = EndpointMap(nodeCount: needed.count)
  for (position, node) in program.graph.nodes.enumerated() where needed[position] {
    map.move(position, to: graph.nodes.count)
    graph.nodes.append(map.moved(node))
  }
  return map.moved(program, into: graph)
}
