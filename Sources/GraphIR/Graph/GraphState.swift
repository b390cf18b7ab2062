import Tensors

/// What a graph under construction consists of; the graph guards it.
struct GraphState: Sendable {
  var graph: FrozenGraph
  var diagnostics: [Diagnostic] = []
  /// The position of each name's node.
  var positions: [String: Int] = [:]
  /// How many names were derived from each base, so that the next is found at once.
  private var derived: [String: Int] = [:]
  /// The prefix of new names: empty, or ending in a slash.
  var scopePrefix = ""
  /// What new nodes must wait for.
  var controlInputs: [Int32] = []
  /// The place that new nodes are ascribed to, whatever their makers say.
  var ascribedOrigin: Origin?

  init(limits: GraphLimits) {
    graph = FrozenGraph(limits: limits)
  }

  /// A name under the current scope that no node has yet.
  mutating func uniqueName(_ base: String) -> String {
    let wanted = scopePrefix.isEmpty ? base : scopePrefix + base
    if positions[wanted] == nil { return wanted }
    var number = derived[wanted, default: 0]
    while true {
      number += 1
      let candidate = "\(wanted)_\(number)"
      if positions[candidate] == nil {
        derived[wanted] = number
        return candidate
      }
    }
  }

  /// Appends a node and gives its position.
  mutating func append(_ node: Node) -> Int {
    let position = graph.nodes.count
    positions[node.name] = position
    graph.nodes.append(node)
    return position
  }

  /// What is known of the inputs, as the shape rule of an operator is told.
  func shapeRequest(_ inputs: [Endpoint], shapeInputs: [Int]) -> ShapeRequest {
    graph.shapeRequest(inputs, shapeInputs: shapeInputs)
  }
}

extension FrozenGraph {
  /// What is known of the inputs, as the shape rule of an operator is told.
  func shapeRequest(_ inputs: [Endpoint], shapeInputs: [Int]) -> ShapeRequest {
    var request = ShapeRequest(inputs: inputs.map { type(of: $0) })
    for input in shapeInputs {
      request.constants[input] = constant(inputs[input])
      request.partialSizes[input] = sizes(inputs[input])
    }
    return request
  }
}
