import GraphIR
import Tensors

extension Specializer {
  /// What stands for a value: the variable for one that an earlier segment has changed and that
  /// must not be changed again.
  func standing(_ endpoint: Endpoint) -> Endpoint {
    let variable = variables[endpoint.nodeIndex]
    guard endpoint.output == 0, variable >= 0, Int(variable) != endpoint.nodeIndex,
      request.completed.contains(endpoint.nodeIndex)
    else { return endpoint }
    return Endpoint(node: Int(variable))
  }

  /// Adds a variable, of the sizes that it has where the graph leaves them open.
  ///
  /// - Throws: `ShapeError` when it is larger than the graph's limits allow.
  mutating func placeVariable(_ node: Node, _ position: Int) throws {
    var copy = node
    if let known = request.variableTypes[position], !node.outputs[0].shape.isKnown {
      copy.outputs = [known]
    }
    let type = copy.outputs[0]
    if type.shape.isKnown, type.byteCount ?? .max > result.limits.byteCount {
      throw ShapeError(
        "the variable \(type) takes \(type.byteCount.map { "\($0)" } ?? "too many") bytes;"
          + " the limit is \(result.limits.byteCount)")
    }
    positions[position] = result.nodes.count
    result.nodes.append(copy)
  }

  /// Gives the variables sizes that are still open, when all nodes are placed: of those no element
  /// is read.
  ///
  /// - Throws: `GraphError` when one is fetched.
  mutating func settleVariables() throws {
    let fetched = Set(request.fetches.map { Int(variables[$0.nodeIndex]) })
    for (position, node) in source.nodes.enumerated() where node.isVariable {
      let placed = positions[position]
      guard placed >= 0, !result.nodes[placed].outputs[0].shape.isKnown else { continue }
      if fetched.contains(position) { throw source.error(noValue(position), at: node) }
      result.nodes[placed].outputs = [TensorType(node.outputs[0].dataType, [0])]
    }
  }

  private func noValue(_ variable: Int) -> ShapeError {
    ShapeError(
      "the variable '\(source.nodes[variable].name)' has no value yet, so that its sizes are"
        + " not known", suggestion: "initialise the variables first")
  }

  /// Checks that variables stand where an operator wants them, and lets an assignment decide on
  /// the sizes of a variable that the graph leaves open.
  mutating func checkVariables(_ node: Node, _ position: Int) throws {
    let operatorType = type(of: node.operation)
    let signature = operatorType.signature
    for (number, input) in node.inputs.enumerated() {
      let parameter = signature.input(number, of: node.inputs.count)
      guard let parameter, parameter.variable != nil else { continue }
      guard input.output == 0, variables[input.nodeIndex] >= 0 else {
        throw source.notAVariable(input, named: parameter.displayName)
      }
    }
    guard operatorType.traits.contains(.assigns), node.inputs.count > 1 else { return }
    let variable = Int(variables[node.inputs[0].nodeIndex])
    guard positions[variable] >= 0, !source.nodes[variable].outputs[0].shape.isKnown,
      case .ready(let value) = outcome(node.inputs[1])
    else { return }
    let new = result.type(of: value)
    let placed = positions[variable]
    if new.shape != result.nodes[placed].outputs[0].shape, new.shape.isKnown {
      guard !readVariables.contains(variable) else {
        throw ShapeError(
          "the variable '\(source.nodes[variable].name)' becomes \(new) in a run that has read it"
            + " as \(result.nodes[placed].outputs[0])")
      }
      result.nodes[placed].outputs = [new]
    }
  }

  /// Notes which variables a node reads, whose sizes must be known therefore.
  mutating func noteReads(of node: Node) throws {
    for input in node.inputs where input.output == 0 && variables[input.nodeIndex] >= 0 {
      let variable = Int(variables[input.nodeIndex])
      readVariables.insert(variable)
      guard case .ready(let ready) = outcome(Endpoint(node: variable)) else { continue }
      if !result.type(of: ready).shape.isKnown {
        throw noValue(variable)
      }
    }
  }
}
