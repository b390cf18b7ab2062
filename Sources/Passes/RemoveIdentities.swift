import GraphIR

/// Lets what is handed on unchanged be read where it comes from.
///
/// y = x, reshaped to its own shape → x; y = Σ x over no axes → x
///
/// What is read of a variable stays: where that is a copy follows from the order of updates.
let removeIdentities = Pass(
  name: "remove identities", summary: "what is handed on unchanged is read where it comes from"
) { program in
  program.rewritten { node, graph in
    guard node.controlInputs.isEmpty, node.outputs.count == 1, let input = node.inputs.first,
      graph.type(of: input) == node.outputs[0],
      type(of: node.operation).traits.isDisjoint(with: [.hasEffect, .usesVariables]),
      !graph.nodes[input.nodeIndex].showsVariable,
      node.operation.viewsInput(graph.kernelRequest(for: node))
    else { return nil }
    return [input]
  }
}

extension Node {
  /// Whether the first output is a variable, or one that the node has changed.
  var showsVariable: Bool {
    isVariable || !type(of: operation).updatedInputs.isEmpty
  }
}
