import GraphIR
import Operators

extension Program {
  /// The program with its nodes in another order, in which each still stands behind those that it
  /// depends on.
  public func reordered(_ order: [Int]) -> Program {
    if order.elementsEqual(graph.nodes.indices) { return self }
    var result = FrozenGraph(limits: graph.limits)
    result.nodes.reserveCapacity(order.count)
    var map = EndpointMap(nodeCount: order.count)
    for position in order {
      map.move(position, to: result.nodes.count)
      result.nodes.append(map.moved(graph.nodes[position]))
    }
    return map.moved(self, into: result)
  }

  /// Computes a value anew for its late readers.
  ///
  /// y = f(x), a = g(y), …, b = h(y) → y = f(x), a = g(y), …, z = f(x), b = h(z)
  ///
  /// - Parameters:
  ///   - position: The node, which depends on its inputs alone; nothing of it is fetched.
  ///   - reader: The first reader that takes the new value; all behind it do, too.
  public func recomputing(_ position: Int, from reader: Int) -> Program {
    var result = FrozenGraph(limits: graph.limits)
    result.nodes.reserveCapacity(graph.nodes.count + 1)
    var map = EndpointMap(nodeCount: graph.nodes.count)
    for (number, node) in graph.nodes.enumerated() {
      if number == reader {
        var copy = map.moved(graph.nodes[position])
        copy.name += "#again"
        map.move(position, to: result.nodes.count)
        result.nodes.append(copy)
      }
      map.move(number, to: result.nodes.count)
      result.nodes.append(map.moved(node))
    }
    return map.moved(self, into: result)
  }

  /// Whether a node is little work and depends on its inputs alone, so that its result may be
  /// computed anew rather than kept.
  public func isCheap(_ position: Int) -> Bool {
    let node = graph.nodes[position]
    guard node.controlInputs.isEmpty, !targets.contains(position) else { return false }
    let traits = Swift.type(of: node.operation).traits
    guard traits.isDisjoint(with: [.hasEffect, .usesVariables, .folds]) else { return false }
    if traits.contains(.elementwise) || node.operation is any MovingOperator { return true }
    // A fold would have to read everything again.
    guard node.operation is FusedElementwise else { return false }
    let sizes = node.outputs[0].shape
    return node.outputs.allSatisfy { $0.shape == sizes }
  }
}
