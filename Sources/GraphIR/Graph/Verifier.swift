import Tensors

extension FrozenGraph {
  /// Checks everything that the rest of the engine relies on.
  ///
  /// Names are unique; each node comes after those that it depends on; each edge
  /// begins at an output that exists; number, types and shapes of inputs and outputs are what
  /// the operators say; variables stand where these want some. Costs about as much as building the graph.
  ///
  /// - Throws: `GraphError` with one diagnostic for each fault, at most twenty.
  public func verify() throws {
    var faults: [Diagnostic] = []
    var names: Set<String> = []
    names.reserveCapacity(nodes.count)
    if nodes.count > limits.nodeCount {
      throw GraphError("the graph has \(nodes.count) nodes; the limit is \(limits.nodeCount)")
    }
    for (position, node) in nodes.enumerated() where faults.count < 20 {
      if !names.insert(node.name).inserted {
        faults.append(fault(node, "another node has the same name"))
      }
      if let message = edgeFault(node, position) {
        faults.append(fault(node, message))
        continue
      }
      if let message = typeFault(node) { faults.append(message) }
    }
    for output in interface.outputs where !isOutput(output.endpoint, before: nodes.count) {
      faults.append(Diagnostic("the declared output '\(output.name)' does not exist"))
    }
    for target in interface.targets where !nodes.indices.contains(target.node) {
      faults.append(Diagnostic("the declared target '\(target.name)' does not exist"))
    }
    if !faults.isEmpty { throw GraphError(faults) }
  }

  private func edgeFault(_ node: Node, _ position: Int) -> String? {
    for (number, input) in node.inputs.enumerated() where !isOutput(input, before: position) {
      return "input \(number) does not begin at an output of an earlier node"
    }
    for control in node.controlInputs where !(0..<position).contains(Int(control)) {
      return "a control input does not begin at an earlier node"
    }
    return nil
  }

  private func isOutput(_ endpoint: Endpoint, before position: Int) -> Bool {
    (0..<position).contains(endpoint.nodeIndex)
      && nodes[endpoint.nodeIndex].outputs.indices.contains(endpoint.outputIndex)
  }

  private func typeFault(_ node: Node) -> Diagnostic? {
    if node.operation is OpaqueOperator || isPlanned(node.operation) {
      return nil
    }
    do {
      let inferred = try outputTypes(of: node)
      guard inferred.count == node.outputs.count else {
        return fault(node, "has \(node.outputs.count) outputs, not \(inferred.count)")
      }
      for (stated, expected) in zip(node.outputs, inferred)
      where stated.dataType != expected.dataType || !stated.shape.isCompatible(with: expected.shape)
      {
        return fault(node, "is stated to be \(stated), but it is \(expected)")
      }
      try checkVariables(of: Swift.type(of: node.operation), node.inputs)
      return nil
    } catch {
      return Graph.diagnostic(node.operation, error, node.origin)
    }
  }

  private func isPlanned<Op: Operator>(_ operation: Op) -> Bool { Op.traits.contains(.planned) }

  private func fault(_ node: Node, _ text: String) -> Diagnostic {
    Diagnostic("node '\(node.name)' (\(node.operatorName)): \(text)", at: node.origin.location)
  }

  /// What the operator of a node says of its outputs, given what is known of its inputs.
  ///
  /// - Throws: `ShapeError` when the operator cannot take such inputs.
  public func outputTypes(of node: Node) throws -> [TensorType] {
    try outputTypes(of: node.operation, node.inputs)
  }

  private func outputTypes<Op: Operator>(
    of operation: Op, _ inputs: [Endpoint]
  ) throws -> [TensorType] {
    try TypeCheck.outputs(
      of: operation, shapeRequest(inputs, shapeInputs: Op.shapeInputs(of: inputs.count)))
  }

  /// The error that a node's fault is told as, with its operator and place.
  public func error(_ error: any Error, at node: Node) -> GraphError {
    if let error = error as? GraphError { return error }
    return GraphError([Graph.diagnostic(node.operation, error, node.origin)])
  }
}
