import StaticGraph

extension RandomGraph {
  /// The operators of the graph.
  var operatorNames: Set<String> { Set(frozen.nodes.map(\.operatorName)) }

  /// The operators that a gradient of the results by the inputs goes through.
  var differentiatedOperatorNames: Set<String> {
    var isLive = [Bool](repeating: false, count: frozen.nodes.count)
    for (position, node) in frozen.nodes.enumerated() {
      guard case .rule = type(of: node.operation).gradient else { continue }
      isLive[position] = node.inputs.contains { isLive[$0.nodeIndex] || inputs.contains($0) }
    }
    var isReached = [Bool](repeating: false, count: frozen.nodes.count)
    for result in results where result.tensor.dataType.isFloatingPoint {
      isReached[result.endpoint.nodeIndex] = true
    }
    var names: Set<String> = []
    for (position, node) in frozen.nodes.enumerated().reversed()
    where isReached[position] && isLive[position] {
      names.insert(node.operatorName)
      for input in node.inputs { isReached[input.nodeIndex] = true }
    }
    return names
  }
}
