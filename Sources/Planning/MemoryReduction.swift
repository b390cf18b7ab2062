import GraphIR
import Passes
import Tensors

/// Computes cheap values anew rather than keep them over the step that needs most memory, until a
/// plan keeps to a limit or nothing helps.
struct MemoryReduction {
  private(set) var table: NodeTable
  private(set) var layout: MemoryLayout
  /// Names of nodes whose recomputation did not help.
  private var useless: Set<String> = []

  /// How often values are looked for that can be computed anew.
  private static let attempts = 256
  /// The most nodes that all attempts together plan.
  private static let nodeLimit = 2_000_000

  init(_ table: NodeTable, _ layout: MemoryLayout) {
    self.table = table
    self.layout = layout
  }

  /// Lowers the peak to `limit` bytes, or as far as that can be.
  mutating func reduce(to limit: Int) throws {
    try reorder()
    let attempts = min(Self.attempts, Self.nodeLimit / max(1, layout.order.count))
    for _ in 0..<attempts where layout.peak > limit {
      guard let candidate = candidate() else { return }
      let name = table.program.graph.nodes[candidate.position].name
      let other = try NodeTable(
        table.program.recomputing(candidate.position, from: candidate.reader))
      let layout = MemoryLayout(other, order: Array(other.program.graph.nodes.indices))
      if isBetter(layout.liveByteCounts) {
        (self.table, self.layout) = (other, layout)
      } else {
        useless.insert(name)
      }
    }
  }

  /// Lets the nodes stand in the order in which they run.
  private mutating func reorder() throws {
    guard !layout.order.elementsEqual(layout.order.indices) else { return }
    table = try NodeTable(table.program.reordered(layout.order))
    layout = MemoryLayout(table, order: Array(layout.order.indices))
  }

  /// Whether another layout has a lower peak, or reaches the same one less often.
  private func isBetter(_ live: [Int]) -> Bool {
    let peak = live.max() ?? 0
    guard peak == layout.peak else { return peak < layout.peak }
    return live.count { $0 == peak } < layout.liveByteCounts.count { $0 == peak }
  }

  /// The largest value that the peak keeps for later readers and that can be computed anew.
  private func candidate() -> (position: Int, reader: Int)? {
    let peak = layout.liveByteCounts.firstIndex(of: layout.peak)!
    let nodes = table.program.graph.nodes
    var best: (position: Int, reader: Int, byteCount: Int)?
    for position in 0..<peak where !useless.contains(nodes[position].name) {
      let kept = layout.keptByteCount(position, over: peak)
      guard kept > best?.byteCount ?? 0, table.program.isCheap(position) else { continue }
      guard let reader = firstReader(of: position, behind: peak), mayRead(position, at: reader)
      else { continue }
      best = (position, reader, kept)
    }
    return best.map { ($0.position, $0.reader) }
  }

  /// The first step behind a time that reads a node, or views of it; `nil` where the node is read
  /// at this very time.
  private func firstReader(of position: Int, behind time: Int) -> Int? {
    let roots = Set(table.outputs(position))
    var first: Int?
    for reader in time..<table.program.graph.nodes.count {
      let node = table.program.graph.nodes[reader]
      guard node.inputs.contains(where: { roots.contains(table.root($0)) }) else { continue }
      if reader == time { return nil }
      // A view would have to be made anew as well.
      guard node.inputs.allSatisfy({ !roots.contains(table.root($0)) || $0.nodeIndex == position })
      else { return nil }
      first = first ?? reader
    }
    return first
  }

  /// Whether what a node reads is still there at a time, or so small that it may stay.
  private func mayRead(_ position: Int, at time: Int) -> Bool {
    let node = table.program.graph.nodes[position]
    let size = table.outputs(position).reduce(0) { $0 + table.byteCounts[$1] }
    return node.inputs.allSatisfy { input in
      switch table.locations[table.root(input)] {
      case .constant, .feed: true
      case .variable(let number): !changes(number)
      case .result, .arena, nil:
        layout.isKept(table.root(input), until: time)
          || table.byteCounts[table.root(input)] <= size / 4
      }
    }
  }

  /// Whether any node changes a variable.
  private func changes(_ variable: Int) -> Bool {
    table.program.graph.nodes.contains { node in
      type(of: node.operation).updatedInputs.contains { input in
        table.locations[table.root(node.inputs[input])] == .variable(variable)
      }
    }
  }
}
