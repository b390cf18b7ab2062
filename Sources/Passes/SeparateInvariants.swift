import GraphIR
import Operators
import Tensors

/// A program in two: what stays the same from run to run, and the rest, which is fed it.
public struct SeparatedProgram: Sendable {
  /// What is computed once: its fetches are what the rest needs of it.
  ///
  /// Feeds have the numbers that they have in the whole program.
  public let invariants: Program
  /// The rest; behind the feeds of the whole program it is fed the fetches of the other part.
  public let rest: Program
}

/// Separates what depends only on constants, fixed feeds, and variables that the program does not
/// change, where computing it takes a noticeable time or it is another form of what a variable has.
///
/// loss = Σ (gram(picture) − gram(style))² → g = gram(style); loss = Σ (gram(picture) − g)²
///
/// Where no feed is fixed and all of the program would be computed once, it is computed each time:
/// that is what was asked for.
///
/// - Parameter fixedFeeds: The feeds, by their numbers, that stay the same from run to run.
/// - Returns: `nil` where nothing is worth being kept.
public func separateInvariants(_ program: Program, fixedFeeds: Set<Int>) -> SeparatedProgram? {
  let found = Invariants(program, fixedFeeds)
  guard found.leavesWork || !fixedFeeds.isEmpty else { return nil }
  let crossing = found.crossing()
  guard !crossing.isEmpty else { return nil }
  var invariants = program
  invariants.fetches = crossing
  invariants.targets = []
  return SeparatedProgram(
    invariants: invariants.pruned(), rest: feeding(crossing, to: program).pruned())
}

/// The program with placeholders, fed behind all feeds, in place of some values.
private func feeding(_ values: [Endpoint], to program: Program) -> Program {
  var graph = FrozenGraph(limits: program.graph.limits)
  graph.nodes.reserveCapacity(program.graph.nodes.count + values.count)
  var placeholders: [Endpoint: Endpoint] = [:]
  for value in values {
    let type = program.graph.type(of: value)
    let node = program.graph.nodes[value.nodeIndex]
    placeholders[value] = Endpoint(node: graph.nodes.count)
    graph.nodes.append(
      Node(
        name: "\(node.name)#kept", operation: Placeholder(type.dataType, type.shape),
        outputs: [type], origin: node.origin))
  }
  var map = EndpointMap(nodeCount: program.graph.nodes.count)
  func fed(_ endpoint: Endpoint) -> Endpoint { placeholders[endpoint] ?? map[endpoint]! }
  for (position, node) in program.graph.nodes.enumerated() {
    map.move(position, to: graph.nodes.count)
    var moved = map.moved(node)
    moved.inputs = node.inputs.map(fed)
    graph.nodes.append(moved)
  }
  var result = map.moved(program, into: graph)
  result.fetches = program.fetches.map(fed)
  result.feeds += values.map { placeholders[$0] }
  return result
}

/// The nodes of a program that compute the same in each run.
private struct Invariants {
  private let program: Program
  private var isInvariant: [Bool]
  /// For each such node the work of computing it from the start.
  private var work: [Double]

  /// The work, in operations or fourths of moved bytes, from which on a value is worth being kept.
  private static let worthKeeping = 50_000.0

  init(_ program: Program, _ fixedFeeds: Set<Int>) {
    self.program = program
    let graph = program.graph
    isInvariant = Array(repeating: false, count: graph.nodes.count)
    work = Array(repeating: 0, count: graph.nodes.count)
    let variables = graph.variablePositions()
    var isChanged: Set<Int32> = []
    var isWaitedFor = Set(program.targets)
    for node in graph.nodes {
      isWaitedFor.formUnion(node.controlInputs.map(Int.init))
      for input in Swift.type(of: node.operation).updatedInputs where input < node.inputs.count {
        isChanged.insert(variables[node.inputs[input].nodeIndex])
      }
    }
    let fixed = Set(fixedFeeds.compactMap { program.feeds[$0]?.nodeIndex })
    for (position, node) in graph.nodes.enumerated() {
      if node.isVariable {
        isInvariant[position] = !isChanged.contains(variables[position])
      } else if node.operation.constantValue != nil || fixed.contains(position) {
        isInvariant[position] = true
      } else {
        isInvariant[position] =
          node.controlInputs.isEmpty && !isWaitedFor.contains(position)
          && !Swift.type(of: node.operation).traits.contains(.hasEffect)
          && !node.inputs.isEmpty && node.inputs.allSatisfy { isInvariant[$0.nodeIndex] }
        if isInvariant[position] { work[position] = self.work(of: node) }
      }
    }
  }

  private func work(of node: Node) -> Double {
    let request = program.graph.kernelRequest(for: node)
    var work = 0.0
    if node.outputs.count != 1 || !node.operation.viewsInput(request) {
      let cost = node.operation.cost(request)
      work = cost.operations + cost.bytesMoved / 4
    }
    return node.inputs.reduce(work) { $0 + self.work[$1.nodeIndex] }
  }

  /// Whether anything must be computed each time.
  var leavesWork: Bool {
    zip(program.graph.nodes, isInvariant).contains { node, isInvariant in
      !isInvariant && !node.isVariable
        && !Swift.type(of: node.operation).traits.contains(.fed)
    }
  }

  /// Whether a value is worth being kept: filters are arranged for runs alone, and the variable
  /// need have no memory beside them.
  private func isWorthKeeping(_ position: Int) -> Bool {
    work[position] >= Self.worthKeeping
      || program.graph.nodes[position].operation is ArrangedFilters
  }

  /// What is worth being kept of what the rest needs.
  func crossing() -> [Endpoint] {
    let nodes = program.graph.nodes
    /// For each node whether the rest needs it, and whether something but an assignment does; an
    /// initial value is needed once only.
    var isNeeded = isInvariant.map { !$0 }
    var isRead = [Bool](repeating: false, count: nodes.count)
    var isKept = [Bool](repeating: false, count: nodes.count)
    var readByRest = program.fetches
    for fetch in program.fetches {
      isNeeded[fetch.nodeIndex] = true
      isRead[fetch.nodeIndex] = true
    }
    for position in nodes.indices.reversed() where isNeeded[position] {
      if isInvariant[position], isRead[position], isWorthKeeping(position) {
        isKept[position] = true
        continue
      }
      let assigns = Swift.type(of: nodes[position].operation).traits.contains(.assigns)
      for input in nodes[position].inputs {
        isNeeded[input.nodeIndex] = true
        if !assigns { isRead[input.nodeIndex] = true }
        readByRest.append(input)
      }
    }
    var seen: Set<Endpoint> = []
    return readByRest.filter { isKept[$0.nodeIndex] && seen.insert($0).inserted }
  }
}
