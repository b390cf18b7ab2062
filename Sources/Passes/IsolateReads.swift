import GraphIR
import Operators

/// Copies what was read of a variable where it is needed beyond an update of the variable, or
/// beyond the run.
///
/// x = read(v), update(v), f(x) → x = copy(v), update(v), f(x)
///
/// Every other read stays a view of the variable's own memory.
let isolateReads = Pass(
  name: "isolate reads", summary: "copies what is read of a variable and needed after its update"
) { program in
  let graph = program.graph
  guard graph.nodes.contains(where: \.isVariable) else { return program }
  let variables = graph.variablePositions()
  let reads = ReadViews(graph, variables, fetches: program.fetches)
  var result = FrozenGraph(limits: graph.limits)
  result.nodes.reserveCapacity(graph.nodes.count)
  var map = EndpointMap(nodeCount: graph.nodes.count)
  var copies: [Int: Endpoint] = [:]
  for (position, node) in graph.nodes.enumerated() {
    let moved = map.moved(node)
    // Whoever used a view uses its copy.
    let isReplaced = reads.needsCopy[position] && variables[position] < 0
    if !isReplaced { map.move(position, to: result.nodes.count) }
    result.nodes.append(moved)
    guard reads.needsCopy[position] else { continue }
    let copy = Endpoint(node: result.nodes.count)
    result.nodes.append(
      Node(
        name: "\(node.name)#copy", operation: DeepCopy(),
        inputs: [Endpoint(node: result.nodes.count - 1)], outputs: [node.outputs[0]],
        origin: node.origin))
    if isReplaced {
      map.replace(position, by: [copy])
    } else {
      // The variable itself stays what others read and change; who fetches it gets the copy.
      copies[position] = copy
    }
  }
  var moved = map.moved(program, into: result)
  for (number, fetch) in program.fetches.enumerated() where fetch.output == 0 {
    if let copy = copies[fetch.nodeIndex] { moved.fetches[number] = copy }
  }
  return moved
}

/// Which views of variables must be copied.
private struct ReadViews {
  /// For each node whether its first output is such a view, or a variable that is fetched.
  private(set) var needsCopy: [Bool]

  init(_ graph: FrozenGraph, _ variables: [Int32], fetches: [Endpoint]) {
    let count = graph.nodes.count
    needsCopy = Array(repeating: false, count: count)
    // For each node the variable whose memory its first output shows.
    var shown = variables
    // For each node the last node that reads what it shows, through further views too.
    var lastReader = Array(0..<count)
    var updates: [Int32: [Int]] = [:]
    for (position, node) in graph.nodes.enumerated() {
      for input in type(of: node.operation).updatedInputs where input < node.inputs.count {
        let variable = variables[node.inputs[input].nodeIndex]
        if variable >= 0 { updates[variable, default: []].append(position) }
      }
      guard variables[position] < 0, node.outputs.count == 1, let first = node.inputs.first,
        first.output == 0, shown[first.nodeIndex] >= 0
      else { continue }
      let request = KernelRequest(
        inputs: node.inputs.map { graph.type(of: $0) }, outputs: node.outputs)
      if node.operation.viewsInput(request) { shown[position] = shown[first.nodeIndex] }
    }
    for position in (0..<count).reversed() {
      for input in graph.nodes[position].inputs where input.output == 0 {
        let end = shown[position] >= 0 ? lastReader[position] : position
        lastReader[input.nodeIndex] = max(lastReader[input.nodeIndex], end)
      }
    }
    for fetch in fetches where fetch.output == 0 && shown[fetch.nodeIndex] >= 0 {
      // A result outlives the run.
      needsCopy[fetch.nodeIndex] = true
    }
    for position in 0..<count where shown[position] >= 0 && variables[position] < 0 {
      let later = updates[shown[position]]?.first { $0 > position }
      if let later, lastReader[position] > later { needsCopy[position] = true }
    }
  }
}
