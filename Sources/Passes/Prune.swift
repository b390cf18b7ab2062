import GraphIR

/// a node that no fetch and no target depends on → nothing
let prune = Pass(
  name: "prune", summary: "removes what no fetch and no target depends on"
) { program in
  let needed = program.neededNodes()
  if needed.allSatisfy(\.self) { return program }
  var positions = [Int](repeating: -1, count: needed.count)
  var graph = FrozenGraph(limits: program.graph.limits)
  for (position, node) in program.graph.nodes.enumerated() where needed[position] {
    positions[position] = graph.nodes.count
    var copy = node
    for input in copy.inputs.indices {
      copy.inputs[input].node = Int32(positions[copy.inputs[input].nodeIndex])
    }
    copy.controlInputs = copy.controlInputs.map { Int32(positions[Int($0)]) }
    graph.nodes.append(copy)
  }
  func moved(_ endpoint: Endpoint) -> Endpoint {
    Endpoint(node: positions[endpoint.nodeIndex], output: endpoint.outputIndex)
  }
  return Program(
    graph: graph,
    feeds: program.feeds.map { feed in
      feed.flatMap { positions[$0.nodeIndex] >= 0 ? moved($0) : nil }
    },
    fetches: program.fetches.map(moved), targets: program.targets.map { positions[$0] })
}
