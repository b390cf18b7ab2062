import GraphIR
import Operators
import Tensors

extension Program {
  /// The program with each node replaced by what `replace` makes of it, in order.
  ///
  /// - Parameter replace: Is given a node whose inputs are already those of the new program, and
  ///   the new program's graph so far, to which it may add nodes; gives one endpoint for each
  ///   output of the node to stand for it, or `nil` to keep the node.
  func rewritten(_ replace: (Node, inout FrozenGraph) throws -> [Endpoint]?) rethrows -> Program {
    var result = FrozenGraph(limits: graph.limits)
    result.nodes.reserveCapacity(graph.nodes.count)
    var map = EndpointMap(nodeCount: graph.nodes.count)
    for (position, node) in graph.nodes.enumerated() {
      let moved = map.moved(node)
      if let stand = try replace(moved, &result) {
        map.replace(position, by: stand)
      } else {
        map.move(position, to: result.nodes.count)
        result.nodes.append(moved)
      }
    }
    return map.moved(self, into: result)
  }

  /// The program with each node replaced by what `replace` makes of it, where that may take in
  /// nodes which nothing else needs.
  ///
  /// - Parameter replace: Is given the node's position in this program, what `rewritten` gives, and
  ///   whether nothing but this node needs a node that the given endpoint is of. What it adds last
  ///   stands for the node.
  func rewrittenChains(
    _ replace: (Int, Node, inout FrozenGraph, _ mayVanish: (Endpoint) -> Bool) throws -> [Endpoint]?
  ) rethrows -> Program {
    let isShared = sharedNodes()
    // For each node of the new graph.
    var mayVanish: [Bool] = []
    var position = -1
    return try rewritten { node, graph in
      position += 1
      if mayVanish.count < graph.nodes.count {
        // What stands for the node before was added last.
        while mayVanish.count < graph.nodes.count - 1 { mayVanish.append(false) }
        mayVanish.append(!isShared[position - 1])
      }
      return try replace(position, node, &graph) { mayVanish[$0.nodeIndex] }
    }
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

  /// For each node whether more than one other needs it, it is fetched, or runs for its effect.
  func sharedNodes() -> [Bool] {
    var readers = [Int](repeating: 0, count: graph.nodes.count)
    for node in graph.nodes {
      for input in node.inputs { readers[input.nodeIndex] += 1 }
      // Who waits for a node waits for it alone.
      for control in node.controlInputs { readers[Int(control)] += 2 }
    }
    for fetch in fetches { readers[fetch.nodeIndex] += 2 }
    for target in targets { readers[target] += 2 }
    return readers.map { $0 > 1 }
  }
}

extension FrozenGraph {
  /// Adds a node that computes otherwise what a node computes, and gives its outputs.
  mutating func append(
    _ operation: any Operator, _ inputs: [Endpoint], inPlaceOf node: Node
  ) -> [Endpoint] {
    nodes.append(
      Node(
        name: node.name, operation: operation, inputs: inputs, outputs: node.outputs,
        origin: node.origin))
    return node.outputs.indices.map { Endpoint(node: nodes.count - 1, output: $0) }
  }

  /// Adds a constant that stands beside a node, whose name is the node's with a suffix.
  mutating func append(
    constant value: Tensor, _ suffix: String, beside node: Node, _ names: inout NewNames
  ) -> Endpoint {
    nodes.append(
      Node(
        name: names.unused("\(node.name)#\(suffix)"), operation: Const(value),
        outputs: [value.type], origin: node.origin))
    return Endpoint(node: nodes.count - 1)
  }
}

/// Where the values of a program are found in the program that a pass makes of it.
struct EndpointMap {
  /// The new position of each node that was kept; −1 for the others.
  private var positions: [Int]
  private var replaced: [Endpoint: Endpoint] = [:]

  init(nodeCount: Int) {
    positions = Array(repeating: -1, count: nodeCount)
  }

  /// Notes that a node was kept.
  mutating func move(_ position: Int, to new: Int) { positions[position] = new }

  /// Notes that other values stand for a node's outputs.
  mutating func replace(_ position: Int, by endpoints: [Endpoint]) {
    for (output, endpoint) in endpoints.enumerated() {
      replaced[Endpoint(node: position, output: output)] = endpoint
    }
  }

  /// Where a value of the old program is in the new one, or `nil` when it was dropped.
  subscript(endpoint: Endpoint) -> Endpoint? {
    let position = positions[endpoint.nodeIndex]
    if position >= 0 { return Endpoint(node: position, output: endpoint.outputIndex) }
    return replaced[endpoint]
  }

  /// The node with the inputs of the new program; the same node where none has moved.
  func moved(_ node: Node) -> Node {
    let old = node.inputs
    if node.controlInputs.isEmpty && old.allSatisfy({ self[$0] == $0 }) { return node }
    return Node(
      name: node.name, operation: node.operation, inputs: old.map { self[$0]! },
      controlInputs: node.controlInputs.compactMap { control in
        positions[Int(control)] >= 0
          ? Int32(positions[Int(control)]) : replaced[Endpoint(node: Int(control))]?.node
      },
      outputs: node.outputs, origin: node.origin, annotations: node.annotations)
  }

  /// The program that asks of a new graph what the old one asked.
  func moved(_ program: Program, into graph: FrozenGraph) -> Program {
    Program(
      graph: graph, feeds: program.feeds.map { $0.flatMap { self[$0] } },
      fetches: program.fetches.map { self[$0]! },
      targets: program.targets.compactMap { target in
        positions[target] >= 0
          ? positions[target] : replaced[Endpoint(node: target)]?.nodeIndex
      })
  }
}
