import GraphIR
import Passes
import Tensors

/// Plans what a request asks of a graph: specialise → passes → schedule → memory.
///
/// - Throws: `GraphError` when something needed is not fed, inputs do not fit together, there is
///   no kernel for a type, or the plan would need more memory than the graph's limits allow.
public func makePlan(_ graph: FrozenGraph, for request: ProgramRequest) throws -> Plan {
  switch try specialize(graph, for: request) {
  case .complete(let program):
    return try plan(program, feedTypes: request.feedTypes)
  case .blocked(let boundary):
    var first = request
    first.fetches = boundary.sizes + boundary.crossing
    first.targets = boundary.targets
    guard case .complete(let program) = try specialize(graph, for: first) else {
      throw GraphError("the sizes of the graph depend on one another")
    }
    var result = try plan(program, feedTypes: request.feedTypes)
    result.boundary = boundary
    return result
  }
}

private func plan(_ program: Program, feedTypes: [TensorType]) throws -> Plan {
  var planner = Planner(program: try optimized(program), feedTypes: feedTypes)
  return try planner.run()
}

private struct Planner {
  let program: Program
  var plan = Plan()
  /// For each node the first of its outputs in the lists below.
  private var firstOutput: [Int] = []
  /// For each output, the one whose memory it shares; itself for most.
  private var roots: [Int] = []
  /// For each root, where it lies.
  private var locations: [Plan.Location?] = []
  /// For each root, the last node that reads it.
  private var lastUse: [Int] = []
  private var arena = Arena()
  private var variableNumbers: [String: Int] = [:]
  /// For each node that is computed, the types and sizes that its kernel is made for.
  private var requests: [KernelRequest?] = []

  init(program: Program, feedTypes: [TensorType]) {
    self.program = program
    plan.feeds = feedTypes
    var count = 0
    for node in program.graph.nodes {
      firstOutput.append(count)
      count += node.outputs.count
    }
    roots = Array(0..<count)
    locations = Array(repeating: nil, count: count)
    lastUse = Array(repeating: -1, count: count)
  }

  private func output(_ endpoint: Endpoint) -> Int {
    firstOutput[endpoint.nodeIndex] + endpoint.outputIndex
  }

  mutating func run() throws -> Plan {
    placeFeeds()
    let isView = try findViews()
    placeResults()
    try addSteps(isView)
    plan.arenaByteCount = arena.byteCount
    try checkLimit()
    plan.results = program.fetches.map { fetch in
      Plan.Result(
        type: program.graph.type(of: fetch), location: locations[roots[output(fetch)]]!)
    }
    return plan
  }

  private mutating func placeFeeds() {
    for (number, feed) in program.feeds.enumerated() {
      if let feed { locations[output(feed)] = .feed(number) }
    }
  }

  /// Lets views share the memory of what they view, and finds the last reader of each memory.
  private mutating func findViews() throws -> [Bool] {
    var isView = [Bool](repeating: false, count: program.graph.nodes.count)
    for (position, node) in program.graph.nodes.enumerated() {
      for input in node.inputs { lastUse[roots[output(input)]] = position }
      if let constant = node.operation.constantValue {
        locations[firstOutput[position]] = .constant(plan.constants.count)
        plan.constants.append(constant)
        requests.append(nil)
        continue
      }
      if node.isVariable {
        try placeVariable(node, position)
        requests.append(nil)
        continue
      }
      let request = program.graph.kernelRequest(for: node)
      requests.append(request)
      if let first = type(of: node.operation).updatedInputs.first, !node.outputs.isEmpty {
        // What is handed on is the variable itself.
        roots[firstOutput[position]] = roots[output(node.inputs[first])]
      }
      if node.outputs.count == 1, !node.inputs.isEmpty, node.operation.viewsInput(request) {
        isView[position] = true
        roots[firstOutput[position]] = roots[output(node.inputs[0])]
      }
    }
    return isView
  }

  /// Finds the variable's place in the plan; two nodes may share one.
  private mutating func placeVariable(_ node: Node, _ position: Int) throws {
    let name = node.variableName ?? node.name
    let number =
      variableNumbers[name]
      ?? {
        plan.variables.append(
          Plan.Variable(name: name, type: node.outputs[0], origin: node.origin))
        variableNumbers[name] = plan.variables.count - 1
        return plan.variables.count - 1
      }()
    guard plan.variables[number].type == node.outputs[0] else {
      throw program.graph.error(
        ShapeError(
          "the variable '\(name)' is \(node.outputs[0]) here, but"
            + " \(plan.variables[number].type) elsewhere"), at: node)
    }
    locations[firstOutput[position]] = .variable(number)
  }

  /// Notes what a step does with the variables among its inputs.
  private mutating func noteVariables(_ node: Node, _ inputs: [Plan.Location]) {
    let operatorType = type(of: node.operation)
    for (number, location) in inputs.enumerated() {
      guard case .variable(let variable) = location else { continue }
      let isChanged = operatorType.updatedInputs.contains(number)
      let isAssigned = isChanged && operatorType.traits.contains(.assigns) && number == 0
      if isAssigned && !plan.variables[variable].needsValue {
        plan.variables[variable].isAssigned = true
      } else if !isAssigned && !operatorType.traits.contains(.readsNoElements)
        && !plan.variables[variable].isAssigned
      {
        plan.variables[variable].needsValue = true
      }
      if isChanged { plan.variables[variable].isChanged = true }
    }
  }

  /// Gives what is fetched, and lies neither in a feed nor in a constant, memory of its own.
  private mutating func placeResults() {
    for fetch in program.fetches {
      let root = roots[output(fetch)]
      guard locations[root] == nil else { continue }
      locations[root] = .result(plan.resultByteCounts.count)
      plan.resultTypes.append(program.graph.type(of: fetch))
      plan.resultByteCounts.append(program.graph.type(of: fetch).byteCount!)
    }
  }

  private mutating func addSteps(_ isView: [Bool]) throws {
    for (position, node) in program.graph.nodes.enumerated() {
      let outputs = firstOutput[position]..<firstOutput[position] + node.outputs.count
      let isComputed =
        node.operation.constantValue == nil && !isView[position]
        && !type(of: node.operation).traits.contains(.fed) && !node.isVariable
      if isComputed {
        for output in outputs where locations[roots[output]] == nil {
          let type = node.outputs[output - outputs.lowerBound]
          locations[output] = .arena(arena.take(type.byteCount!))
        }
        try addStep(node, outputs, requests[position]!)
      }
      for input in node.inputs where lastUse[roots[output(input)]] == position {
        giveBack(roots[output(input)], program.graph.type(of: input).byteCount!)
      }
      // An output that nobody reads is needed during the step alone.
      guard isComputed else { continue }
      for output in outputs where lastUse[output] < 0 && roots[output] == output {
        giveBack(output, node.outputs[output - outputs.lowerBound].byteCount!)
      }
    }
  }

  private mutating func giveBack(_ root: Int, _ size: Int) {
    guard case .arena(let offset) = locations[root] else { return }
    arena.giveBack(offset, size: size)
    // A node may read the same memory twice; it is given back once.
    lastUse[root] = .max
  }

  private mutating func addStep(
    _ node: Node, _ outputs: Range<Int>, _ request: KernelRequest
  ) throws {
    if node.outputs.isEmpty && type(of: node.operation).signature.inputs.isEmpty { return }
    do {
      let kernel = try node.operation.kernel(request)
      plan.scratchByteCount = max(plan.scratchByteCount, kernel.scratchByteCount)
      let inputs = node.inputs.map { locations[roots[output($0)]]! }
      noteVariables(node, inputs)
      plan.steps.append(
        Plan.Step(
          kernel: kernel, inputs: inputs,
          outputs: outputs.map { locations[roots[$0]]! }, name: node.name,
          operatorName: node.operatorName, origin: node.origin,
          cost: node.operation.cost(request)))
    } catch {
      throw program.graph.error(error, at: node)
    }
  }

  private func checkLimit() throws {
    let limit = program.graph.limits.byteCount
    let total = plan.resultByteCounts.reduce(plan.arenaByteCount + plan.scratchByteCount) {
      $0.addingReportingOverflow($1).overflow ? Int.max : $0 + $1
    }
    guard total <= limit else {
      throw GraphError("the plan needs \(total) bytes of memory; the limit is \(limit)")
    }
  }
}
