import StaticGraph

/// The variables among the inputs of a sample, each assigned the sample's tensor first.
struct VariableInputs {
  private(set) var assignments: [GraphNode] = []
  private var variables: [(value: Value, form: Signature.VariableForm)] = []

  /// Puts variables in the place of inputs that must be some.
  init(_ sampleCase: SampleCase, _ inputs: inout [Value], _ graph: Graph, _ shapes: KnownShapes) {
    let signature = sampleCase.operatorType.signature
    for (number, value) in inputs.enumerated() {
      guard let form = signature.input(number, of: inputs.count)?.variable else { continue }
      let tensor = sampleCase.inputs[number]
      let type = TensorType(tensor.dataType, shapes.shape(tensor))
      let variable: Value
      if form == .handle {
        variable =
          graph.append(VarHandleOp(type), name: "variable\(number)", origin: .unknown).output
      } else {
        variable =
          graph.append(VariableV2(type), name: "variable\(number)", origin: .unknown).output
      }
      assignments.append(Self.assign(value, to: variable, form))
      variables.append((variable, form))
      inputs[number] = variable
    }
  }

  /// The values of the variables after a node has run.
  func reads(after node: GraphNode) -> [Value] {
    variables.map { variable in
      node.graph.controlDependencies(on: assignments + [node]) {
        Self.read(variable.value, variable.form)
      }
    }
  }

  /// What is read of the variable that a sample makes, after it was assigned numbers.
  static func read(ofSample node: GraphNode) -> Value {
    guard node.isValid else { return node.output }
    let operation = node.graph.snapshot { $0.nodes[node.index].operation }
    let form: Signature.VariableForm = operation is VarHandleOp ? .handle : .reference
    let value = node.graph.constant(.sample(node.output.shape.known ?? []))
    let assignment = assign(value, to: node.output, form)
    return node.graph.controlDependencies(on: [assignment]) { read(node.output, form) }
  }

  private static func assign(
    _ value: Value, to variable: Value, _ form: Signature.VariableForm
  ) -> GraphNode {
    form == .handle
      ? value.graph.append(AssignVariableOp(), [variable, value], origin: .unknown)
      : value.graph.append(Assign(), [variable, value], origin: .unknown)
  }

  private static func read(_ variable: Value, _ form: Signature.VariableForm) -> Value {
    form == .handle
      ? variable.graph.append(ReadVariableOp(), [variable], origin: .unknown).output
      : variable.graph.append(Identity(), [variable], origin: .unknown).output
  }
}
