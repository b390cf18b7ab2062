import GraphIR
import Passes
import Tensors

/// Which memory the values of a program lie in when its nodes run in some order, and how long each
/// is needed.
///
/// A step writes over an input that ends with it where its kernel allows that, and what is joined
/// one behind the other is written where it is wanted.
struct MemoryLayout {
  /// One piece of the arena.
  struct Block {
    /// Its bytes.
    var byteCount: Int
    /// The times of the first step that writes it and of the last that needs it.
    var times: ClosedRange<Int>

    /// The bytes that so many take; small blocks share cache lines.
    static func rounded(_ byteCount: Int) -> Int {
      Arena.rounded(byteCount, to: unit(of: byteCount))
    }

    /// What the offset of a block of so many bytes is a multiple of.
    static func unit(of byteCount: Int) -> Int { units[unitNumber(of: byteCount)] }

    /// The units: the largest element, for less than a cache line; a small vector, for blocks of
    /// which cache lines would waste too much; a cache line.
    static let units = [8, 16, Arena.alignment]

    /// Which of the units blocks of so many bytes have.
    static func unitNumber(of byteCount: Int) -> Int {
      byteCount < Arena.alignment ? 0 : byteCount < 2048 ? 1 : 2
    }
  }

  /// The nodes in the order in which they run.
  let order: [Int]
  /// For each time the bytes that blocks take.
  private(set) var liveByteCounts: [Int] = []
  /// The most bytes that blocks take at one time.
  private(set) var peak = 0
  private let table: NodeTable
  private var times: [Int]
  /// For each root the output whose memory it is; itself for most.
  private var owners: [Int]
  /// For each owner that is no part of the arena of its own, where it lies.
  private var locations: [Plan.Location?]
  /// For each owner the time of its first writer.
  private var first: [Int]
  /// For each owner the time of the last step that reads it.
  private var last: [Int]
  /// For each owner the time of the last step that writes it.
  private var lastWritten: [Int]
  /// For each owner the one that it is part of, and the byte at which it begins.
  private var whole: [Int: (owner: Int, start: Int)] = [:]

  init(_ table: NodeTable, order: [Int]) {
    self.table = table
    self.order = order
    let count = table.roots.count
    times = Array(repeating: 0, count: order.count)
    owners = Array(0..<count)
    locations = table.locations
    first = Array(repeating: 0, count: count)
    last = Array(repeating: -1, count: count)
    for (time, position) in order.enumerated() {
      times[position] = time
      for output in table.outputs(position) { first[output] = time }
      guard table.kernels[position] != nil else { continue }
      for input in table.program.graph.nodes[position].inputs { last[table.root(input)] = time }
    }
    lastWritten = first
    for time in order.indices { overwriteInputs(at: time) }
    for output in owners.indices where last[output] < first[output] { last[output] = first[output] }
    findLive()
    joinParts()
    peak = liveByteCounts.max() ?? 0
  }

  /// The output whose memory a root has.
  private func owner(_ root: Int) -> Int {
    var owner = root
    while owners[owner] != owner { owner = owners[owner] }
    return owner
  }

  private func owner(_ endpoint: Endpoint) -> Int { owner(table.root(endpoint)) }

  /// Lets the outputs of a step take over the memory of inputs that end with it.
  private mutating func overwriteInputs(at time: Int) {
    let position = order[time]
    guard let kernel = table.kernels[position], !kernel.replaceable.isEmpty else { return }
    let node = table.program.graph.nodes[position]
    let outputs = table.outputs(position)
    for (number, replaceable) in kernel.replaceable.enumerated() where number < outputs.count {
      let output = outputs.lowerBound + number
      guard table.roots[output] == output, table.byteCounts[output] > 0 else { continue }
      for input in replaceable {
        let owner = owner(node.inputs[input])
        guard locations[owner] == nil, last[owner] == time, first[owner] < time,
          lastWritten[owner] < time, hasSameElements(node.inputs[input], node.outputs[number]),
          // Whoever reads the same memory reads it at the same place.
          node.inputs.indices.allSatisfy({
            replaceable.contains($0) || self.owner(node.inputs[$0]) != owner
          })
        else { continue }
        owners[output] = owner
        locations[owner] = locations[output]
        last[owner] = max(time, last[output])
        lastWritten[owner] = time
        break
      }
    }
  }

  private func hasSameElements(_ input: Endpoint, _ output: TensorType) -> Bool {
    let type = table.program.graph.type(of: input)
    return type.dataType.byteCount == output.dataType.byteCount
      && type.shape.elementCount == output.shape.elementCount
  }

  private func isOwner(_ output: Int) -> Bool {
    table.roots[output] == output && owners[output] == output
  }

  /// Whether an owner has a block of the arena for itself.
  private func isBlock(_ output: Int) -> Bool {
    isOwner(output) && locations[output] == nil && whole[output] == nil
      && table.byteCounts[output] > 0
  }

  /// Adds up what is alive at each time.
  private mutating func findLive() {
    var changes = [Int](repeating: 0, count: order.count + 1)
    for position in order where table.kernels[position] != nil {
      for output in table.outputs(position) where isBlock(output) {
        let size = Block.rounded(table.byteCounts[output])
        changes[first[output]] += size
        changes[last[output] + 1] -= size
      }
      let scratch = table.kernels[position]!.scratchByteCount
      if scratch > 0 {
        changes[times[position]] += Block.rounded(scratch)
        changes[times[position] + 1] -= Block.rounded(scratch)
      }
    }
    var live = 0
    liveByteCounts = order.indices.map { time in
      live += changes[time]
      return live
    }
  }

  // MARK: Parts

  /// The most times that are looked at to find out whether joining needs more memory.
  private static let joiningLimit = 50_000_000

  /// Lets what is joined be written where it is wanted, where that needs no more memory.
  private mutating func joinParts() {
    var work = 0
    let peak = liveByteCounts.max() ?? 0
    for (time, position) in order.enumerated() {
      guard let kernel = table.kernels[position], !kernel.joinedAt.isEmpty else { continue }
      let target = owner(table.firstOutput[position])
      guard isBlock(target), first[target] == time, work < Self.joiningLimit else { continue }
      var parts: [Int: Int] = [:]
      for (input, start) in zip(table.program.graph.nodes[position].inputs, kernel.joinedAt)
      where start >= 0 {
        let part = owner(input)
        guard isBlock(part), part != target, parts[part] == nil, lastWritten[part] < time,
          lastWritten[target] == time || last[part] <= time
        else { continue }
        parts[part] = start
      }
      guard !parts.isEmpty else { continue }
      let joined = blocks(target, parts)
      let range = joined.times
      work += range.count
      var changes = [Int](repeating: 0, count: range.count + 1)
      func add(_ block: Block, _ sign: Int) {
        changes[block.times.lowerBound - range.lowerBound] += sign * block.byteCount
        changes[block.times.upperBound + 1 - range.lowerBound] -= sign * block.byteCount
      }
      for part in parts.keys { add(block(part), -1) }
      add(block(target), -1)
      add(joined, 1)
      var change = 0
      let live = range.map { time in
        change += changes[time - range.lowerBound]
        return liveByteCounts[time] + change
      }
      guard live.max()! <= peak else { continue }
      liveByteCounts.replaceSubrange(range, with: live)
      first[target] = range.lowerBound
      last[target] = range.upperBound
      for (part, start) in parts { whole[part] = (target, start) }
    }
  }

  private func block(_ owner: Int) -> Block {
    Block(
      byteCount: Block.rounded(table.byteCounts[owner]), times: first[owner]...last[owner])
  }

  /// The block that a target and its parts need together.
  private func blocks(_ target: Int, _ parts: [Int: Int]) -> Block {
    var result = block(target)
    for part in parts.keys {
      result.times =
        min(result.times.lowerBound, first[part])...max(result.times.upperBound, last[part])
    }
    return result
  }

  // MARK: What the arena holds

  /// The blocks that need a place, with the output that each is of, or the node for scratch.
  func blocks() -> (blocks: [Block], outputs: [Int], scratchPositions: [Int]) {
    var blocks: [Block] = []
    var outputs: [Int] = []
    var scratchPositions: [Int] = []
    for position in order where table.kernels[position] != nil {
      for output in table.outputs(position) where isBlock(output) {
        blocks.append(block(output))
        outputs.append(output)
      }
    }
    for position in order {
      guard let scratch = table.kernels[position]?.scratchByteCount, scratch > 0 else { continue }
      blocks.append(
        Block(byteCount: Block.rounded(scratch), times: times[position]...times[position]))
      scratchPositions.append(position)
    }
    return (blocks, outputs, scratchPositions)
  }

  /// The bytes that hold what a node computes, and nothing else, from before a time until after
  /// it.
  func keptByteCount(_ position: Int, over time: Int) -> Int {
    guard table.kernels[position] != nil else { return 0 }
    return table.outputs(position).reduce(0) { sum, output in
      guard isBlock(output), first[output] == times[position], first[output] < time,
        last[output] > time, lastWritten[output] == first[output]
      else { return sum }
      return sum + table.byteCounts[output]
    }
  }

  /// Whether what a root holds is there until a time anyway.
  func isKept(_ root: Int, until time: Int) -> Bool {
    let owner = owner(root)
    return locations[owner] == nil && last[owner] >= time && lastWritten[owner] <= first[root]
  }

  /// What is alive at a time: the nodes that computed it, and its bytes, the largest first.
  func holders(at time: Int) -> [(position: Int, byteCount: Int)] {
    var holders: [(position: Int, byteCount: Int)] = []
    for position in order {
      guard let kernel = table.kernels[position] else { continue }
      var sum = times[position] == time ? kernel.scratchByteCount : 0
      for output in table.outputs(position) where isBlock(output) {
        if (first[output]...last[output]).contains(time) { sum += table.byteCounts[output] }
      }
      if sum > 0 { holders.append((position, sum)) }
    }
    return holders.sorted { ($1.byteCount, $0.position) < ($0.byteCount, $1.position) }
  }

  /// For each time the bytes of the tensors that are alive, not rounded, scratch included.
  func exactLiveByteCounts() -> [Int] {
    var changes = [Int](repeating: 0, count: order.count + 1)
    func add(_ byteCount: Int, _ times: ClosedRange<Int>) {
      changes[times.lowerBound] += byteCount
      changes[times.upperBound + 1] -= byteCount
    }
    for position in order {
      guard let kernel = table.kernels[position] else { continue }
      for output in table.outputs(position) where isBlock(output) {
        add(table.byteCounts[output], first[output]...last[output])
      }
      add(kernel.scratchByteCount, times[position]...times[position])
    }
    var live = 0
    return order.indices.map { time in
      live += changes[time]
      return live
    }
  }

  /// Where an output lies, when the blocks begin at `offsets`.
  func location(_ output: Int, _ offsets: [Int: Int]) -> Plan.Location {
    var owner = owner(table.roots[output])
    if let location = locations[owner] { return location }
    var start = 0
    while let part = whole[owner] {
      start += part.start
      owner = part.owner
    }
    return .arena((offsets[owner] ?? 0) + start)
  }
}
