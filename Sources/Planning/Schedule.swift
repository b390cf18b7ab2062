import GraphIR
import Passes

/// The order in which the nodes of a program run: the given one, unless another needs less memory.
enum Schedule {
  /// Where less is alive at any time than this and so much for each node, the given order stays.
  private static let (worthByteCount, worthForNode) = (64 * 1024, 64)

  /// The layout of the order that needs least.
  ///
  /// An order keeps what depends on one another in turn, and what reads and changes a variable.
  static func layout(_ table: NodeTable) -> MemoryLayout {
    let given = MemoryLayout(table, order: Array(table.program.graph.nodes.indices))
    let worth = max(worthByteCount, worthForNode * given.order.count)
    guard given.peak >= worth, given.peak > largestStep(table) else { return given }
    let dependencies = Dependencies(table)
    var best = given
    for order in [dependencies.freeingFirst(table), dependencies.depthFirst(table)] {
      let other = MemoryLayout(table, order: order)
      // A new order may scatter what a cache holds, so that it must be worth it.
      if Double(other.peak) < 0.97 * Double(best.peak) { best = other }
    }
    return best
  }

  /// The most bytes that one step needs for its outputs and to work in: no order needs less.
  private static func largestStep(_ table: NodeTable) -> Int {
    var largest = 0
    for (position, kernel) in table.kernels.enumerated() {
      guard let kernel else { continue }
      var needed = kernel.scratchByteCount
      for output in table.outputs(position) where table.isInArena(output) {
        needed += table.byteCounts[output]
      }
      largest = max(largest, needed)
    }
    return largest
  }
}

extension NodeTable {
  /// Whether a root may lie in the arena.
  func isInArena(_ output: Int) -> Bool { roots[output] == output && locations[output] == nil }
}

/// What must run before what.
private struct Dependencies {
  /// For each node those that wait for it.
  private var followers: [[Int32]]
  /// For each node those that it waits for.
  private var leaders: [[Int32]]

  init(_ table: NodeTable) {
    let nodes = table.program.graph.nodes
    followers = Array(repeating: [], count: nodes.count)
    leaders = Array(repeating: [], count: nodes.count)
    /// For each variable the last node that changed it, and those that have read it since.
    var lastUpdate: [Int: Int] = [:]
    var readers: [Int: [Int]] = [:]
    for (position, node) in nodes.enumerated() {
      for input in node.inputs { follow(input.nodeIndex, position) }
      for control in node.controlInputs { follow(Int(control), position) }
      let updated = Swift.type(of: node.operation).updatedInputs
      for (number, input) in node.inputs.enumerated() {
        guard case .variable(let variable) = table.locations[table.root(input)] else { continue }
        if let update = lastUpdate[variable] { follow(update, position) }
        if updated.contains(number) {
          for reader in readers[variable] ?? [] where reader != position {
            follow(reader, position)
          }
          readers[variable] = []
          lastUpdate[variable] = position
        } else {
          readers[variable, default: []].append(position)
        }
      }
    }
  }

  private mutating func follow(_ earlier: Int, _ later: Int) {
    guard earlier != later, followers[earlier].last != Int32(later) else { return }
    followers[earlier].append(Int32(later))
    leaders[later].append(Int32(earlier))
  }

  // MARK: What frees most first

  /// The order in which one always runs, of the nodes that can run, the one that takes least
  /// beyond what it frees.
  func freeingFirst(_ table: NodeTable) -> [Int] {
    let nodes = table.program.graph.nodes
    /// For each root the nodes that are still to read it.
    var readers = [Int32](repeating: 0, count: table.roots.count)
    var uses: [[Int]] = nodes.map { _ in [] }
    for (position, node) in nodes.enumerated() where table.kernels[position] != nil {
      uses[position] = Set(node.inputs.map(table.root)).filter(table.isInArena).sorted()
      for root in uses[position] { readers[root] += 1 }
    }
    /// For each root the nodes that read it, where it may become the last read of one of them.
    var readersOf: [Int: [Int]] = [:]
    for position in nodes.indices {
      for root in uses[position] { readersOf[root, default: []].append(position) }
    }
    func change(_ position: Int) -> Int {
      var change = 0
      for output in table.outputs(position) where table.isInArena(output) {
        change += table.byteCounts[output]
      }
      for root in uses[position] where readers[root] == 1 { change -= table.byteCounts[root] }
      return change
    }
    var waiting = leaders.map { Int32($0.count) }
    var isDone = [Bool](repeating: false, count: nodes.count)
    var ready = SmallestFirst<ReadyNode>()
    for position in nodes.indices where waiting[position] == 0 {
      ready.insert(ReadyNode(change: change(position), position: position))
    }
    var order: [Int] = []
    order.reserveCapacity(nodes.count)
    while let next = ready.removeFirst() {
      // What frees more than it did stands in the heap again.
      guard !isDone[next.position], next.change == change(next.position) else { continue }
      let position = next.position
      isDone[position] = true
      order.append(position)
      for root in uses[position] {
        readers[root] -= 1
        guard readers[root] == 1 else { continue }
        for reader in readersOf[root]! where !isDone[reader] && waiting[reader] == 0 {
          ready.insert(ReadyNode(change: change(reader), position: reader))
        }
      }
      for follower in followers[position] {
        waiting[Int(follower)] -= 1
        if waiting[Int(follower)] == 0 {
          ready.insert(ReadyNode(change: change(Int(follower)), position: Int(follower)))
        }
      }
    }
    return order.count == nodes.count ? order : Array(nodes.indices)
  }

  // MARK: Depth first

  /// The order in which everything runs right before what needs it, and of several inputs the one
  /// first that needs most while it is computed.
  func depthFirst(_ table: NodeTable) -> [Int] {
    let count = leaders.count
    var kept = [Int](repeating: 0, count: count)
    var need = [Double](repeating: 0, count: count)
    var sorted = leaders
    for position in 0..<count {
      for output in table.outputs(position) where table.isInArena(output) {
        kept[position] += table.byteCounts[output]
      }
      sorted[position].sort { x, y in
        let (mine, others) = (
          need[Int(x)] - Double(kept[Int(x)]), need[Int(y)] - Double(kept[Int(y)])
        )
        return mine != others ? mine > others : x < y
      }
      var before = 0.0
      for leader in sorted[position] {
        need[position] = max(need[position], before + need[Int(leader)])
        before += Double(kept[Int(leader)])
      }
      need[position] = max(need[position], before + Double(kept[position]))
    }
    var order: [Int] = []
    order.reserveCapacity(count)
    /// 0: not met; 1: on the stack; 2: in the order.
    var states = [UInt8](repeating: 0, count: count)
    for last in 0..<count where followers[last].isEmpty {
      var stack = [last]
      while let position = stack.last {
        if states[position] == 0 {
          states[position] = 1
          for leader in sorted[position].reversed() where states[Int(leader)] == 0 {
            stack.append(Int(leader))
          }
        } else {
          stack.removeLast()
          if states[position] == 1 {
            states[position] = 2
            order.append(position)
          }
        }
      }
    }
    return order
  }
}

/// A node that can run: the one that needs least comes first, and of equal ones the earliest.
private struct ReadyNode: Comparable {
  /// The bytes that more are alive after it than before.
  var change: Int
  var position: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.change, left.position) < (right.change, right.position)
  }
}
