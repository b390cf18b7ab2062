import GraphIR
import Tensors

/// The variables among the inputs of a sample, each assigned the sample's tensor first.
package struct SampleVariables {
  /// The assignments, which the sample's node must wait for.
  package private(set) var assignments: [GraphNode] = []
  private var variables: [(value: Value, form: Signature.VariableForm)] = []

  /// Puts variables in the place of inputs that must be some.
  ///
  /// - Parameters:
  ///   - operatorType: The operator that takes the inputs.
  ///   - inputs: The values that the variables are assigned.
  ///   - shape: What a variable states of its shape, by the position of the input.
  package init(
    _ operatorType: any Operator.Type, _ inputs: inout [Value], shape: (Int) -> Shape
  ) {
    let signature = operatorType.signature
    for (number, value) in inputs.enumerated() {
      guard let form = signature.input(number, of: inputs.count)?.variable else { continue }
      let type = TensorType(value.dataType, shape(number))
      let name = "variable\(number)"
      let node =
        form == .handle
        ? value.graph.append(VarHandleOp(type, sharedName: name), name: name, origin: .unknown)
        : value.graph.append(VariableV2(type, sharedName: name), name: name, origin: .unknown)
      assignments.append(Self.assign(value, to: node.output, form))
      variables.append((node.output, form))
      inputs[number] = node.output
    }
  }

  /// The values of the variables after a node has run.
  package func reads(after node: GraphNode) -> [Value] {
    variables.map { variable in
      node.graph.controlDependencies(on: assignments + [node]) {
        Self.read(variable.value, variable.form)
      }
    }
  }

  /// What is read of the variable that a sample makes, after it was assigned numbers.
  package static func read(ofSample node: GraphNode) -> Value {
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
