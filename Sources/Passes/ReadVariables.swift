import GraphIR
import Operators

/// Gives every read of a variable that the program changes a node of its own.
///
/// y = f(v) → r = v, y = f(r)
///
/// The passes behind may then move f, or put it together with what runs later: what it reads stays
/// what it was when the read was due. A read is due before all updates that its reader does not
/// depend on and after those that it does; it costs nothing unless it must be a copy.
let readVariables = Pass(
  name: "read variables", summary: "gives reads of changed variables nodes of their own"
) { program in
  let hasUpdates = program.graph.nodes.contains {
    !type(of: $0.operation).updatedInputs.isEmpty
  }
  guard hasUpdates else { return program }
  var names = NewNames(program.graph)
  // For each node of the new graph whether it depends on one that changes a variable.
  var seesUpdates: [Bool] = []
  return program.rewritten { node, graph in
    while seesUpdates.count < graph.nodes.count {
      let last = graph.nodes[seesUpdates.count]
      seesUpdates.append(
        !type(of: last.operation).updatedInputs.isEmpty
          || last.inputs.contains { seesUpdates[$0.nodeIndex] }
          || last.controlInputs.contains { seesUpdates[Int($0)] })
    }
    let signature = type(of: node.operation).signature
    let reads = node.inputs.indices.filter { number in
      let input = node.inputs[number]
      return input.output == 0 && graph.nodes[input.nodeIndex].showsVariable
        && signature.input(number, of: node.inputs.count)?.variable == nil
    }
    // What gives nothing is moved by no pass.
    guard !reads.isEmpty, !node.outputs.isEmpty else { return nil }
    var leaders = Set(node.controlInputs)
    for input in node.inputs where seesUpdates[input.nodeIndex] { leaders.insert(input.node) }
    let isBehindUpdates = leaders.contains { seesUpdates[Int($0)] }
    var moved = node
    for number in reads {
      let input = node.inputs[number]
      graph.nodes.append(
        Node(
          name: names.unused("\(node.name)#read"), operation: Identity(), inputs: [input],
          controlInputs: isBehindUpdates ? leaders.subtracting([input.node]).sorted() : [],
          outputs: [graph.type(of: input)], origin: node.origin))
      moved.inputs[number] = Endpoint(node: graph.nodes.count - 1)
    }
    graph.nodes.append(moved)
    return moved.outputs.indices.map { Endpoint(node: graph.nodes.count - 1, output: $0) }
  }
}
