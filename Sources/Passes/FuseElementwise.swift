import GraphIR
import Operators
import Tensors

/// Runs elementwise operators together, and with them the folds over their results.
///
/// y = a · x + b, s = Σ tanh y → (y, s) = fused(a, x, b)
///
/// A group grows from its last operator to what this reads, as long as every element is used for
/// the same place of the result, and as far as one program can hold it. What is read behind the
/// group as well becomes an output of it; what is read before the group has run stays outside.
let fuseElementwise = Pass(
  name: "fuse elementwise", summary: "runs elementwise operators and folds over them together"
) { program in
  let groups = ElementwiseGroups(program).groups
  if groups.isEmpty { return program }
  let graph = program.graph
  var isMember = [Bool](repeating: false, count: graph.nodes.count)
  for group in groups.values { for member in group.members { isMember[member] = true } }
  var result = FrozenGraph(limits: graph.limits)
  result.nodes.reserveCapacity(graph.nodes.count)
  var map = EndpointMap(nodeCount: graph.nodes.count)
  for (position, node) in graph.nodes.enumerated() {
    if let group = groups[position] {
      for (output, member) in group.outputs.enumerated() {
        map.replace(member, by: [Endpoint(node: result.nodes.count, output: output)])
      }
      result.nodes.append(
        Node(
          name: node.name, operation: group.operation, inputs: group.inputs.map { map[$0]! },
          outputs: group.outputs.map { graph.nodes[$0].outputs[0] }, origin: node.origin))
    } else if !isMember[position] {
      map.move(position, to: result.nodes.count)
      result.nodes.append(map.moved(node))
    }
  }
  return map.moved(program, into: result)
}

/// Operators that run together.
private struct ElementwiseGroup {
  /// The nodes that the group stands for, the last one included.
  var members: [Int]
  /// Those whose results are read outside.
  var outputs: [Int]
  /// What the group reads.
  var inputs: [Endpoint]
  var operation: FusedElementwise
}

private struct ElementwiseGroups {
  /// The groups by their last nodes.
  private(set) var groups: [Int: ElementwiseGroup] = [:]
  private let graph: FrozenGraph
  private let roles: [ElementwiseRole?]
  private let readers: Readers
  /// For each node the last node of the group that it belongs to; −1 for none.
  private var group: [Int32]

  init(_ program: Program) {
    graph = program.graph
    readers = Readers(program)
    var waited = [Bool](repeating: false, count: graph.nodes.count)
    for node in graph.nodes { for control in node.controlInputs { waited[Int(control)] = true } }
    for target in program.targets { waited[target] = true }
    let graph = graph
    roles = graph.nodes.indices.map { position in
      waited[position] ? nil : Self.role(of: graph.nodes[position], in: graph)
    }
    group = Array(repeating: -1, count: graph.nodes.count)
    for position in graph.nodes.indices.reversed() where group[position] < 0 { grow(position) }
  }

  /// What a node does element by element, where it may run together with others.
  private static func role(of node: Node, in graph: FrozenGraph) -> ElementwiseRole? {
    let traits = type(of: node.operation).traits
    guard !traits.isDisjoint(with: [.elementwise, .folds]), node.controlInputs.isEmpty,
      node.outputs.count == 1, node.outputs[0].shape.elementCount ?? 0 > 0
    else { return nil }
    let request = graph.kernelRequest(for: node)
    guard request.inputs[0].shape.elementCount! > 0, !node.operation.viewsInput(request) else {
      return nil
    }
    return (try? node.operation.kernel(request))?.role
  }

  /// Whether a node only repeats what it reads, so that it can be left to each of its readers.
  private func isRepetition(_ position: Int) -> Bool {
    if case .repetition = roles[position]?.form { return true }
    return false
  }

  /// Makes the group that ends with a node, where it is worth one.
  private mutating func grow(_ last: Int) {
    guard let role = roles[last], !isRepetition(last) else { return }
    var sizes = graph.nodes[last].outputs[0].shape.known!
    if case .fold(_, let axes) = role.form {
      sizes = role.inputSizes[0]
      guard ElementwiseProgram.mayFold(sizes, over: axes) else { return }
    }
    // A program that takes too many registers may do with fewer members.
    var most = ElementwiseProgram.mostMembers - 8
    while true {
      let (members, repetitions) = gathered(last, role, sizes, most)
      guard members.count > 1 || !repetitions.isEmpty else { return }
      if let made = make(members, repetitions, sizes) {
        for member in members { group[member] = Int32(last) }
        groups[last] = made
        return
      }
      let count = members.count + repetitions.count
      if count <= 2 { return }
      most = max(2, count / 2)
    }
  }

  /// A node, and those before it that may run together with it.
  private func gathered(
    _ last: Int, _ role: ElementwiseRole, _ sizes: [Int], _ most: Int
  ) -> (members: [Int], repetitions: Set<Int>) {
    var members = [last]
    var outputCount = 1
    var repetitions: Set<Int> = []
    var candidates = Set(graph.nodes[last].inputs.prefix(role.inputSizes.count).map(\.nodeIndex))
    // The latest first, so that all readers of a candidate within the group are members already.
    while let candidate = candidates.max(), members.count + repetitions.count < most {
      candidates.remove(candidate)
      guard group[candidate] < 0, let role = roles[candidate], !role.isFold,
        graph.nodes[candidate].outputs[0].shape.known! == sizes
      else { continue }
      if isRepetition(candidate) {
        repetitions.insert(candidate)
        continue
      }
      guard readers.allSatisfy(candidate, { $0 > last || members.contains($0) }) else { continue }
      if readers.isFetched(candidate) || !readers.allSatisfy(candidate, members.contains) {
        guard outputCount < ElementwiseProgram.mostOutputs else { continue }
        outputCount += 1
      }
      members.append(candidate)
      candidates.formUnion(
        graph.nodes[candidate].inputs.prefix(role.inputSizes.count).map(\.nodeIndex))
    }
    return (members.sorted(), repetitions)
  }

  private func make(
    _ members: [Int], _ repetitions: Set<Int>, _ sizes: [Int]
  ) -> ElementwiseGroup? {
    var inputs: [Endpoint] = []
    var leaves: [ElementwiseProgram.Leaf] = []
    var leafNumbers: [LeafKey: Int] = [:]
    var numbers: [Int: Int] = [:]
    var parts: [ElementwiseProgram.Member] = []
    var names: [String] = []
    for position in (members + repetitions).sorted() {
      let node = graph.nodes[position]
      let role = roles[position]!
      let operands = role.inputSizes.enumerated().map { number, inputSizes in
        let input = node.inputs[number]
        if let member = numbers[input.nodeIndex] {
          return ElementwiseProgram.Operand.member(member)
        }
        let key = LeafKey(endpoint: input, sizes: inputSizes)
        if let leaf = leafNumbers[key] { return .leaf(leaf) }
        leafNumbers[key] = leaves.count
        inputs.append(input)
        leaves.append(.init(graph.type(of: input).dataType, sizes: inputSizes))
        return .leaf(leaves.count - 1)
      }
      numbers[position] = parts.count
      parts.append(.init(role, operands, node.outputs[0]))
      if !repetitions.contains(position) { names.append(node.operatorName) }
    }
    let outputs = members.filter { member in
      member == members.last || readers.allSatisfy(member) { !members.contains($0) }
        || !readers.allSatisfy(member) { members.contains($0) } || readers.isFetched(member)
    }
    guard
      let program = ElementwiseProgram(
        sizes: sizes, leaves: leaves, members: parts, outputs: outputs.map { numbers[$0]! })
    else { return nil }
    return ElementwiseGroup(
      members: members, outputs: outputs, inputs: inputs,
      operation: FusedElementwise(program, of: names))
  }

  private struct LeafKey: Hashable {
    var endpoint: Endpoint
    var sizes: [Int]
  }
}

/// Which nodes read each node.
struct Readers {
  private var starts: [Int32]
  private var readers: [Int32]
  private let fetched: Set<Int>

  init(_ program: Program) {
    let nodes = program.graph.nodes
    starts = Array(repeating: 0, count: nodes.count + 1)
    for node in nodes { for input in node.inputs { starts[input.nodeIndex + 1] += 1 } }
    for position in nodes.indices { starts[position + 1] += starts[position] }
    var next = starts
    readers = Array(repeating: 0, count: Int(starts[nodes.count]))
    for (position, node) in nodes.enumerated() {
      for input in node.inputs {
        readers[Int(next[input.nodeIndex])] = Int32(position)
        next[input.nodeIndex] += 1
      }
    }
    fetched = Set(program.fetches.map(\.nodeIndex))
  }

  /// Whether all that read a node, whoever fetches it aside, are as the condition says.
  func allSatisfy(_ position: Int, _ condition: (Int) -> Bool) -> Bool {
    readers[Int(starts[position])..<Int(starts[position + 1])].allSatisfy { condition(Int($0)) }
  }

  /// How many inputs of nodes a node's results stand at.
  func count(_ position: Int) -> Int { Int(starts[position + 1] - starts[position]) }

  /// Whether something of a node is fetched.
  func isFetched(_ position: Int) -> Bool { fetched.contains(position) }
}
