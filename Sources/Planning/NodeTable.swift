import GraphIR
import Passes
import Tensors

/// What is known of a program's nodes whatever order they run in: which values share memory, which
/// nodes run a kernel, and what must come before what.
struct NodeTable {
  let program: Program
  /// For each node the first of its outputs, counted over all nodes; the total behind the last.
  private(set) var firstOutput: [Int] = [0]
  /// For each output the one whose memory it shows; itself for most.
  private(set) var roots: [Int] = []
  /// For each root that does not lie in the arena, where it lies.
  private(set) var locations: [Plan.Location?] = []
  /// For each node what runs; `nil` where nothing does.
  private(set) var kernels: [Kernel?] = []
  /// For each output its bytes.
  private(set) var byteCounts: [Int] = []
  private(set) var constants: [Tensor] = []
  private(set) var variables: [Plan.Variable] = []
  private(set) var resultTypes: [TensorType] = []
  private var variableNumbers: [String: Int] = [:]

  /// - Throws: `GraphError` when there is no kernel for a node.
  init(_ program: Program) throws {
    self.program = program
    let nodes = program.graph.nodes
    firstOutput.reserveCapacity(nodes.count + 1)
    kernels.reserveCapacity(nodes.count)
    for node in nodes {
      for type in node.outputs { byteCounts.append(type.byteCount!) }
      firstOutput.append(byteCounts.count)
    }
    roots = Array(0..<byteCounts.count)
    locations = Array(repeating: nil, count: byteCounts.count)
    for (number, feed) in program.feeds.enumerated() {
      if let feed { locations[output(feed)] = .feed(number) }
    }
    for position in nodes.indices { kernels.append(try place(nodes[position], position)) }
    placeResults()
    try checkSum()
  }

  /// The number of an output, counted over all nodes.
  func output(_ endpoint: Endpoint) -> Int {
    firstOutput[endpoint.nodeIndex] + endpoint.outputIndex
  }

  /// The output whose memory an endpoint shows.
  func root(_ endpoint: Endpoint) -> Int { roots[output(endpoint)] }

  /// The outputs of a node, counted over all nodes.
  func outputs(_ position: Int) -> Range<Int> { firstOutput[position]..<firstOutput[position + 1] }

  /// Makes sure that no sum of bytes overflows.
  private func checkSum() throws {
    var left = Int.max / 4
    for (position, kernel) in kernels.enumerated() {
      guard let kernel else { continue }
      // Rounding adds at most a cache line to each.
      for byteCount in outputs(position).map({ byteCounts[$0] }) + [kernel.scratchByteCount] {
        guard byteCount < left - 64 else {
          throw GraphError("the plan needs more bytes of memory than can be counted")
        }
        left -= byteCount + 64
      }
    }
  }

  /// Finds where a node's outputs lie, and what it runs.
  private mutating func place(_ node: Node, _ position: Int) throws -> Kernel? {
    let operatorType = type(of: node.operation)
    if let constant = node.operation.constantValue {
      locations[firstOutput[position]] = .constant(constants.count)
      constants.append(constant)
      return nil
    }
    if node.isVariable {
      try placeVariable(node, position)
      return nil
    }
    let request = program.graph.kernelRequest(for: node)
    if let first = operatorType.updatedInputs.first, !node.outputs.isEmpty {
      // What is handed on is the variable itself.
      roots[firstOutput[position]] = root(node.inputs[first])
    }
    if node.outputs.count == 1, !node.inputs.isEmpty, node.operation.viewsInput(request) {
      roots[firstOutput[position]] = root(node.inputs[0])
      return nil
    }
    if operatorType.traits.contains(.fed) { return nil }
    if node.outputs.isEmpty && operatorType.signature.inputs.isEmpty { return nil }
    do {
      return try node.operation.kernel(request)
    } catch {
      throw program.graph.error(error, at: node)
    }
  }

  /// Finds the variable's place in the plan; two nodes may share one.
  private mutating func placeVariable(_ node: Node, _ position: Int) throws {
    let name = node.variableName ?? node.name
    let number = variableNumbers[name] ?? variables.count
    if number == variables.count {
      variables.append(Plan.Variable(name: name, type: node.outputs[0], origin: node.origin))
      variableNumbers[name] = number
    }
    guard variables[number].type == node.outputs[0] else {
      throw program.graph.error(
        ShapeError(
          "the variable '\(name)' is \(node.outputs[0]) here, but"
            + " \(variables[number].type) elsewhere"), at: node)
    }
    locations[firstOutput[position]] = .variable(number)
  }

  /// Gives what is fetched, and lies neither in a feed nor in a constant, memory of its own.
  private mutating func placeResults() {
    for fetch in program.fetches where locations[root(fetch)] == nil {
      locations[root(fetch)] = .result(resultTypes.count)
      resultTypes.append(program.graph.type(of: fetch))
    }
  }

  /// Notes what a step does with the variables among its inputs; steps come in their order.
  mutating func noteVariables(_ node: Node, _ inputs: [Plan.Location]) {
    let operatorType = type(of: node.operation)
    for (number, location) in inputs.enumerated() {
      guard case .variable(let variable) = location else { continue }
      let isChanged = operatorType.updatedInputs.contains(number)
      let isAssigned = isChanged && operatorType.traits.contains(.assigns) && number == 0
      if isAssigned && !variables[variable].needsValue {
        variables[variable].isAssigned = true
      } else if !isAssigned && !operatorType.traits.contains(.readsNoElements)
        && !variables[variable].isAssigned
      {
        variables[variable].needsValue = true
      }
      if isChanged { variables[variable].isChanged = true }
    }
  }
}
