import GraphIR
import Operators
import Tensors

extension Elaborator {
  /// Declares a variable, as `variable w: Float32[3, 4] = zeros([3, 4])` does.
  func variable(_ syntax: VariableSyntax) {
    let name = syntax.name
    guard canDeclare(name.name, at: name.range) else { return }
    do throws(ElaborationFailure) {
      let initial = try initialValue(syntax)
      let type = try syntax.type.map { type throws(ElaborationFailure) in try resolve(type) }
      try makeFree(name.name, at: name.range)
      let value = graph.variable(
        name.name, initialValue: initial, shape: type?.shape, origin: origin(name.range))
      try checkFaults(name.range)
      if let node = value.variable { namedNodes.insert(node.index) }
      namedNodes.insert(value.node.index)
      declare(name.name, .state, .value(value), at: name.range)
    } catch {
      declare(name.name, .state, .failed, at: name.range)
    }
  }

  /// What a variable is before anything has changed it, as a node that is named after it.
  private func initialValue(_ syntax: VariableSyntax) throws(ElaborationFailure) -> Value {
    let firstNode = graph.nodeCount
    let term = try evaluate(syntax.value)
    let value: Value
    if let type = syntax.type {
      let conforming = try conforming(term, to: try resolve(type), at: syntax.value.range)
      guard case .value(let typed) = conforming else { throw ElaborationFailure() }
      value = typed
    } else if case .value(let given) = term {
      value = given
    } else {
      value = try constant(term, as: nil, at: syntax.value.range)
    }
    let name = "\(syntax.name.name)/initial_value"
    if value.endpoint.output == 0, value.node.index >= firstNode,
      prefix.utf8.count + name.utf8.count < Self.nameLimit
    {
      _ = try named(.value(value), name, at: syntax.name.range, since: firstNode)
    }
    return value
  }
}
