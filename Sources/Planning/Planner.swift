import GraphIR
import Passes
import Tensors

/// Plans what a request asks of a graph: specialise → passes → schedule → memory.
///
/// - Throws: `GraphError` when something needed is not fed, inputs do not fit together, there is
///   no kernel for a type, or the plan would need more memory than the options or the graph's
///   limits allow.
public func makePlan(
  _ graph: FrozenGraph, for request: ProgramRequest, options: PlanOptions = PlanOptions()
) throws -> Plan {
  switch try specialize(graph, for: request) {
  case .complete(let program):
    return try plan(try optimized(program, options.passes), request, options)
  case .blocked(let boundary):
    var first = request
    first.fetches = boundary.sizes + boundary.crossing
    first.targets = boundary.targets
    guard case .complete(let program) = try specialize(graph, for: first) else {
      throw GraphError("the sizes of the graph depend on one another")
    }
    var result = try Planner.plan(
      try optimized(program, options.passes), request.feedTypes, options)
    result.boundary = boundary
    return result
  }
}

/// Plans a program, and what stays the same from run to run on its own.
private func plan(
  _ program: Program, _ request: ProgramRequest, _ options: PlanOptions
) throws -> Plan {
  guard let parts = separateInvariants(program, fixedFeeds: request.fixedFeeds) else {
    return try Planner.plan(program, request.feedTypes, options)
  }
  let kept = try Planner.plan(parts.invariants, request.feedTypes, PlanOptions())
  let types = parts.invariants.fetches.map { parts.invariants.graph.type(of: $0) }
  var main = try Planner.plan(parts.rest, request.feedTypes + types, PlanOptions())
  main.invariants = Plan.Invariants(kept)
  if main.totalByteCount <= options.memoryLimit ?? .max { return main }
  // What is kept takes memory that the whole may do without.
  return try Planner.plan(program, request.feedTypes, options)
}

/// Turns nodes with their memory into the steps of a plan.
private struct Planner {
  private var table: NodeTable
  private var layout: MemoryLayout
  private let options: PlanOptions
  private var plan = Plan()
  /// For each output that has a block of the arena, where this begins.
  private var offsets: [Int: Int] = [:]
  /// For each node that wants room to work in, where this begins.
  private var scratchOffsets: [Int: Int] = [:]

  /// The plan of a program that is fed so.
  static func plan(
    _ program: Program, _ feedTypes: [TensorType], _ options: PlanOptions
  ) throws -> Plan {
    var planner = Planner(try NodeTable(program), feedTypes, options)
    return try planner.run()
  }

  private init(_ table: NodeTable, _ feedTypes: [TensorType], _ options: PlanOptions) {
    self.table = table
    self.options = options
    layout = Schedule.layout(table)
    plan.feeds = feedTypes
    plan.constants = table.constants
    plan.variables = table.variables
    plan.resultTypes = table.resultTypes
    plan.resultByteCounts = table.resultTypes.map { $0.byteCount! }
  }

  private mutating func run() throws -> Plan {
    try placeWithinLimit()
    try checkLimits()
    addSteps()
    let program = table.program
    plan.constants = table.constants
    plan.variables = table.variables
    plan.results = program.fetches.map { fetch in
      Plan.Result(type: program.graph.type(of: fetch), location: location(fetch))
    }
    return plan
  }

  private func location(_ endpoint: Endpoint) -> Plan.Location {
    layout.location(table.output(endpoint), offsets)
  }

  /// Finds a place for every block of the arena.
  private mutating func place() {
    (offsets, scratchOffsets) = ([:], [:])
    let needed = layout.blocks()
    let placement = Placement(needed.blocks, bound: layout.peak)
    for (number, output) in needed.outputs.enumerated() {
      offsets[output] = placement.offsets[number]
    }
    for (number, position) in needed.scratchPositions.enumerated() {
      scratchOffsets[position] = placement.offsets[needed.outputs.count + number]
    }
    plan.arenaByteCount = placement.byteCount
  }

  private mutating func addSteps() {
    let live = layout.exactLiveByteCounts()
    plan.lowerBound = live.max() ?? 0
    let graph = table.program.graph
    for (time, position) in layout.order.enumerated() {
      guard let kernel = table.kernels[position] else { continue }
      let node = graph.nodes[position]
      let inputs = node.inputs.map(location)
      let outputs = table.outputs(position).map { layout.location($0, offsets) }
      table.noteVariables(node, inputs)
      if isJoinedAlready(kernel, node, inputs, outputs) { continue }
      plan.steps.append(
        Plan.Step(
          kernel: kernel, inputs: inputs, outputs: outputs, name: node.name,
          operatorName: node.operatorName, origin: node.origin,
          cost: node.operation.cost(graph.kernelRequest(for: node)), outputTypes: node.outputs,
          scratchOffset: scratchOffsets[position] ?? 0, liveByteCount: live[time]))
    }
  }

  /// Whether everything that a step would join was written where it is wanted.
  private func isJoinedAlready(
    _ kernel: Kernel, _ node: Node, _ inputs: [Plan.Location], _ outputs: [Plan.Location]
  ) -> Bool {
    guard !kernel.joinedAt.isEmpty, case .arena(let start) = outputs[0] else { return false }
    return zip(kernel.joinedAt, node.inputs.indices).allSatisfy { offset, input in
      offset < 0 || inputs[input] == .arena(start + offset)
        || table.byteCounts[table.output(node.inputs[input])] == 0
    }
  }

  // MARK: Limits

  /// Places everything, and trades speed for memory where that would need more than it may.
  private mutating func placeWithinLimit() throws {
    guard let limit = options.memoryLimit.map({ max(0, $0) }) else { return place() }
    let left = limit - min(plan.totalByteCount, limit)
    try reduce(to: left)
    place()
    // What does not fit between the rest takes more than the sum.
    for _ in 0..<3 where plan.arenaByteCount > left && layout.peak <= left {
      try reduce(to: max(0, left - (plan.arenaByteCount - layout.peak)))
      place()
    }
  }

  private mutating func reduce(to byteCount: Int) throws {
    guard layout.peak > byteCount else { return }
    var reduction = MemoryReduction(table, layout)
    try reduction.reduce(to: byteCount)
    (table, layout) = (reduction.table, reduction.layout)
  }

  private func checkLimits() throws {
    let total = plan.totalByteCount
    if let limit = options.memoryLimit, total > limit {
      throw GraphError(
        "the run needs \(total) bytes of memory; the limit is \(limit)", notes: peakNotes())
    }
    let limit = table.program.graph.limits.byteCount
    let (worked, overflow) = plan.arenaByteCount.addingReportingOverflow(plan.resultByteCount)
    guard !overflow, worked <= limit else {
      throw GraphError(
        "the plan needs \(overflow ? Int.max : worked) bytes of memory; the limit is \(limit)",
        notes: peakNotes())
    }
  }

  /// What takes the memory: the steps whose results are alive at the peak, the largest first.
  private func peakNotes() -> [String] {
    var notes = [
      "\(plan.arenaByteCount) bytes to work in, \(plan.resultByteCount) of results,"
        + " \(plan.variableByteCount) of variables, \(plan.constantByteCount) of constants"
    ]
    guard let time = layout.liveByteCounts.firstIndex(of: layout.peak) else { return notes }
    let nodes = table.program.graph.nodes
    let running = nodes[layout.order[time]]
    notes.append("most is needed when \(running.operatorName) '\(running.name)' runs")
    let holders = layout.holders(at: time)
    for holder in holders.prefix(Self.namedHolders) {
      let node = nodes[holder.position]
      notes.append("\(holder.byteCount) bytes are held by \(node.operatorName) '\(node.name)'")
    }
    if holders.count > Self.namedHolders {
      notes.append("and by \(holders.count - Self.namedHolders) more")
    }
    return notes
  }

  /// How many of the steps that hold the peak a message names.
  private static var namedHolders: Int { 5 }
}
