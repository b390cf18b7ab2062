import Tensors

/// An operator whose output is a variable: a value that a session keeps from one run to the next.
///
/// The output stands for the variable itself. Who reads it directly sees the value of the moment;
/// what a run sees is said at `Session`. The types of the output are those of the variable, also
/// where TensorFlow's file has a handle in its place.
public protocol VariableOperator: Operator {
  /// The name that the variable has in a session and in checkpoints; empty for the node's.
  var sharedName: String { get }
}

extension Node {
  /// Whether the node is a variable.
  public var isVariable: Bool { type(of: operation).traits.contains(.variable) }

  /// Whether an output is a variable, be it that the node hands one on, or that nobody can tell.
  ///
  /// The variables that a node changes have been checked before.
  fileprivate func givesVariable(_ output: Int32) -> Bool {
    operation is OpaqueOperator || isVariable
      || (output == 0 && !type(of: operation).updatedInputs.isEmpty)
  }

  /// The name that the variable has in a session and in checkpoints; `nil` for another node.
  public var variableName: String? {
    // To look for a conformance that is not there takes the runtime far longer than the trait.
    guard isVariable, let variable = operation as? any VariableOperator else { return nil }
    return variable.sharedName.isEmpty ? name : variable.sharedName
  }
}

extension FrozenGraph {
  /// For each node the variable that its first output is, by position; −1 where it is none.
  ///
  /// That is the node itself for a variable, and the variable that was changed for an operator
  /// that hands it on. Of several nodes with one shared name the first stands for all.
  public func variablePositions() -> [Int32] {
    var positions = [Int32](repeating: -1, count: nodes.count)
    var first: [String: Int32] = [:]
    for (position, node) in nodes.enumerated() {
      if node.isVariable, let name = node.variableName {
        positions[position] = first[name] ?? Int32(position)
        first[name] = positions[position]
      } else if let first = type(of: node.operation).updatedInputs.first, !node.outputs.isEmpty,
        first < node.inputs.count, node.inputs[first].output == 0
      {
        positions[position] = positions[node.inputs[first].nodeIndex]
      }
    }
    return positions
  }

  /// Checks that variables stand where an operator wants them.
  ///
  /// Of what an unknown operator gives nothing is known here; whoever compiles the graph checks it.
  ///
  /// - Throws: `ShapeError` that names the first input that is none.
  package func checkVariables(
    of operatorType: any Operator.Type, _ inputs: [Endpoint]
  ) throws {
    guard operatorType.traits.contains(.usesVariables) else { return }
    for (number, input) in inputs.enumerated() {
      guard let parameter = operatorType.signature.input(number, of: inputs.count),
        parameter.variable != nil, !nodes[input.nodeIndex].givesVariable(input.output)
      else { continue }
      throw notAVariable(input, named: parameter.displayName)
    }
  }

  /// The error that a value stands in the place of a variable.
  package func notAVariable(_ endpoint: Endpoint, named argument: String) -> ShapeError {
    ShapeError(
      "\(argument) must be a variable, but it is '\(name(of: endpoint))'"
        + " (\(nodes[endpoint.nodeIndex].operatorName))")
  }

  private func type(of operation: any Operator) -> any Operator.Type { Swift.type(of: operation) }
}
