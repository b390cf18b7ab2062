import GraphIR

/// Puts the nodes of a program that changes variables in the order in which they run.
///
/// read(v), update(v), f(read) → read(v), f(read), update(v)
///
/// What a read of a variable sees: all updates of this run that it depends on, through inputs or
/// control inputs, and none that it does not depend on, as far as the updates of different
/// variables allow both. Updates of one variable run in the order of the graph. Everything else
/// runs as early as the order of the graph allows, so that values which were read are used before
/// the update wherever that can be.
let orderUpdates = Pass(
  name: "order updates", summary: "reads come before the updates that they do not depend on"
) { program in
  let graph = program.graph
  let variables = graph.variablePositions()
  guard var updates = UpdateOrder(graph, variables) else { return program }
  let order = updates.order()
  if order.elementsEqual(0..<graph.nodes.count) { return program }
  var result = FrozenGraph(limits: graph.limits)
  result.nodes.reserveCapacity(graph.nodes.count)
  var map = EndpointMap(nodeCount: graph.nodes.count)
  for position in order {
    map.move(position, to: result.nodes.count)
    result.nodes.append(map.moved(graph.nodes[position]))
  }
  return map.moved(program, into: result)
}

/// The order of a graph's nodes where some of them change variables.
private struct UpdateOrder {
  private let graph: FrozenGraph
  /// For each node whether it changes a variable.
  private var isUpdate: [Bool]
  /// For each node those that wait for it, updates that wait out of courtesy alone not counted.
  private var followers: [[Int32]]
  /// For each node how many it waits for.
  private var waiting: [Int32]
  /// For each read of a variable the updates that it should come before.
  private var courtesies: [Int: [Int]] = [:]
  /// For each update how many reads should come before.
  private var courtesy: [Int: Int] = [:]

  /// `nil` where nothing changes a variable.
  init?(_ graph: FrozenGraph, _ variables: [Int32]) {
    self.graph = graph
    isUpdate = graph.nodes.map { !type(of: $0.operation).updatedInputs.isEmpty }
    guard isUpdate.contains(true) else { return nil }
    followers = Array(repeating: [], count: graph.nodes.count)
    waiting = Array(repeating: 0, count: graph.nodes.count)
    var updates: [Int: [Int]] = [:]
    for (position, node) in graph.nodes.enumerated() {
      for input in node.inputs { follow(input.nodeIndex, position) }
      for control in node.controlInputs { follow(Int(control), position) }
      guard isUpdate[position] else { continue }
      for variable in Self.updated(node, variables) {
        // One after the other, in the order of the graph.
        if let earlier = updates[variable]?.last { follow(earlier, position) }
        updates[variable, default: []].append(position)
      }
    }
    addCourtesies(updates, variables)
  }

  /// The variables that a node changes.
  private static func updated(_ node: Node, _ variables: [Int32]) -> [Int] {
    type(of: node.operation).updatedInputs.compactMap { input in
      guard input < node.inputs.count else { return nil }
      let variable = Int(variables[node.inputs[input].nodeIndex])
      return variable < 0 ? nil : variable
    }
  }

  private mutating func follow(_ earlier: Int, _ later: Int) {
    followers[earlier].append(Int32(later))
    waiting[later] += 1
  }

  /// Lets the updates of each variable wait for the reads that do not depend on them.
  private mutating func addCourtesies(_ updates: [Int: [Int]], _ variables: [Int32]) {
    // Variables in groups of the bits of a word, so that one walk serves a whole group.
    let changed = updates.keys.sorted()
    for start in stride(from: 0, to: changed.count, by: UInt64.bitWidth) {
      let group = changed[start..<min(start + UInt64.bitWidth, changed.count)]
      var bits: [Int: UInt64] = [:]
      for (number, variable) in group.enumerated() { bits[variable] = 1 << UInt64(number) }
      // For each node the variables of the group whose updates it depends on.
      var depends = [UInt64](repeating: 0, count: graph.nodes.count)
      for (position, node) in graph.nodes.enumerated() {
        var mask: UInt64 = 0
        for input in node.inputs { mask |= depends[input.nodeIndex] }
        for control in node.controlInputs { mask |= depends[Int(control)] }
        for input in node.inputs {
          let variable = Int(variables[input.nodeIndex])
          guard input.output == 0, variable >= 0, let bit = bits[variable], mask & bit == 0,
            !isUpdate[position]
          else { continue }
          courtesies[position, default: []] += updates[variable]!
          for update in updates[variable]! { courtesy[update, default: 0] += 1 }
        }
        if isUpdate[position] {
          for variable in Self.updated(node, variables) { mask |= bits[variable] ?? 0 }
        }
        depends[position] = mask
      }
    }
  }

  /// The positions of the nodes in the order in which they run.
  mutating func order() -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(graph.nodes.count)
    var ready = SmallestFirst<Int>()
    var readyUpdates = SmallestFirst<Int>()
    /// Updates that only reads keep waiting.
    var delayed: Set<Int> = []
    func place(_ position: Int) {
      if !isUpdate[position] {
        ready.insert(position)
      } else if courtesy[position] ?? 0 == 0 {
        readyUpdates.insert(position)
      } else {
        delayed.insert(position)
      }
    }
    for position in waiting.indices where waiting[position] == 0 { place(position) }
    while order.count < graph.nodes.count {
      let next: Int
      if let position = ready.removeFirst() ?? readyUpdates.removeFirst() {
        next = position
      } else if let first = delayed.min() {
        // Reads and updates that wait for one another in a circle: the graph's order decides.
        delayed.remove(first)
        next = first
      } else {
        return Array(graph.nodes.indices)
      }
      order.append(next)
      for update in courtesies[next] ?? [] {
        courtesy[update]! -= 1
        if courtesy[update] == 0, delayed.remove(update) != nil { readyUpdates.insert(update) }
      }
      for follower in followers[next] {
        waiting[Int(follower)] -= 1
        if waiting[Int(follower)] == 0 { place(Int(follower)) }
      }
    }
    return order
  }
}
