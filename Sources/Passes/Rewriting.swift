import GraphIR

extension Program {
  /// The program with each node replaced by what `replace` makes of it, in order.
  ///
  /// - Parameter replace: Is given a node whose inputs are already those of the new program, and
  ///   the new program's graph so far; gives one endpoint for each output of the node to stand
  ///   for it, or `nil` to keep the node.
  func rewritten(_ replace: (Node, FrozenGraph) throws -> [Endpoint]?) rethrows -> Program {
    var result = FrozenGraph(interface: GraphInterface(), limits: graph.limits)
    result.nodes.reserveCapacity(graph.nodes.count)
    var replaced: [Endpoint: Endpoint] = [:]
    var positions = [Int](repeating: -1, count: graph.nodes.count)
    func mapped(_ endpoint: Endpoint) -> Endpoint {
      if positions[endpoint.nodeIndex] >= 0 {
        return Endpoint(node: positions[endpoint.nodeIndex], output: endpoint.outputIndex)
      }
      return replaced[endpoint]!
    }
    for (position, node) in graph.nodes.enumerated() {
      var copy = node
      for input in copy.inputs.indices { copy.inputs[input] = mapped(copy.inputs[input]) }
      copy.controlInputs = copy.controlInputs.compactMap { control in
        positions[Int(control)] >= 0 ? Int32(positions[Int(control)]) : nil
      }
      if let stand = try replace(copy, result) {
        for (output, endpoint) in stand.enumerated() {
          replaced[Endpoint(node: position, output: output)] = endpoint
        }
      } else {
        positions[position] = result.nodes.count
        result.nodes.append(copy)
      }
    }
    return Program(
      graph: result, feeds: feeds.map { $0.map(mapped) }, fetches: fetches.map(mapped),
      targets: targets.compactMap { positions[$0] >= 0 ? positions[$0] : nil })
  }

  /// The nodes that what is fetched and run depends on.
  func neededNodes() -> [Bool] {
    var needed = [Bool](repeating: false, count: graph.nodes.count)
    for fetch in fetches { needed[fetch.nodeIndex] = true }
    for target in targets { needed[target] = true }
    for position in graph.nodes.indices.reversed() where needed[position] {
      for input in graph.nodes[position].inputs { needed[input.nodeIndex] = true }
      for control in graph.nodes[position].controlInputs { needed[Int(control)] = true }
    }
    return needed
  }
}
