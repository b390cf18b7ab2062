import GraphIR
import Tensors

extension Graph {
  /// A variable: a value that a session keeps from one run to the next.
  ///
  /// ```swift
  /// let weights = graph.variable("weights", initialValue: graph.glorotUniform([784, 10]))
  /// let session = try Session(graph)
  /// try session.initializeVariables()
  /// ```
  /// The file has TensorFlow's `VarHandleOp` of that name, `name/Assign`, which gives the variable
  /// its initial value, and `name/Read/ReadVariableOp`, the value.
  ///
  /// - Parameters:
  ///   - name: The name in the file, in sessions and in checkpoints.
  ///   - initialValue: What the variable is before anything has changed it.
  ///   - shape: What is stated of the shape; without it, that of the initial value. Where sizes
  ///     stay open, the variable has those of what it was given last.
  /// - Returns: The value of the variable, as operators read it.
  public func variable(
    _ name: String, initialValue: Value, shape: Shape? = nil, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    variable(
      name, initialValue: initialValue, shape: shape, origin: Origin(fileID: fileID, line: line))
  }

  /// A variable that was declared at that place.
  public func variable(
    _ name: String, initialValue: Value, shape: Shape? = nil, origin: Origin
  ) -> Value {
    let invalid = node(at: -1).output
    guard initialValue.isValid else { return invalid }
    guard initialValue.graph === self else {
      record("variable '\(name)': the initial value belongs to another graph", origin)
      return invalid
    }
    let stated = shape ?? initialValue.shape
    guard stated.isCompatible(with: initialValue.shape) else {
      record(
        "variable '\(name)' is stated to be \(TensorType(initialValue.dataType, stated)), but its"
          + " initial value is \(initialValue.type)", origin)
      return invalid
    }
    return withoutControlDependencies {
      handle(name, TensorType(initialValue.dataType, stated), initialValue, origin)
    }
  }

  private func handle(
    _ name: String, _ type: TensorType, _ initialValue: Value, _ origin: Origin
  ) -> Value {
    let variable = append(VarHandleOp(type), name: name, origin: origin)
    guard variable.isValid else { return node(at: -1).output }
    // To TensorFlow, handles without a shared name are all one variable.
    replaceOperation(of: variable, by: VarHandleOp(type, sharedName: variable.name))
    append(
      AssignVariableOp(), [variable.output, initialValue], name: "\(name)/Assign", origin: origin)
    return append(
      ReadVariableOp(), [variable.output], name: "\(name)/Read/ReadVariableOp", origin: origin
    ).output
  }

  /// A variable whose initial value is a constant.
  public func variable(
    _ name: String, initialValue: Tensor, shape: Shape? = nil, fileID: String = #fileID,
    line: Int = #line
  ) -> Value {
    let value = constant(
      initialValue, name: "\(name)/initial_value", origin: Origin(fileID: fileID, line: line))
    return variable(name, initialValue: value, shape: shape, fileID: fileID, line: line)
  }
}

extension Value {
  /// The variable that this is, or is the value of; `nil` for any other value.
  public var variable: GraphNode? {
    guard isValid else { return nil }
    let position = graph.snapshot { frozen -> Int? in
      var endpoint = self.endpoint
      // From a value to the variable that it was read of, past what hands a variable on.
      while endpoint.output == 0 {
        let node = frozen.nodes[endpoint.nodeIndex]
        if node.isVariable { return endpoint.nodeIndex }
        let operatorType = Swift.type(of: node.operation)
        let handsOn =
          node.operation is ReadVariableOp || node.operation is Identity
          || !operatorType.updatedInputs.isEmpty
        guard handsOn, let first = node.inputs.first else { return nil }
        endpoint = first
      }
      return nil
    }
    return position.map { graph.node(at: $0) }
  }
}

/// Lets a variable have another value when it is run.
///
/// - Parameters:
///   - variable: What `Graph.variable` gave, or another value that was read of a variable.
///   - value: The new value, of the variable's type.
/// - Returns: A node to run as a target, or to wait for; invalid when `variable` is none.
@discardableResult
public func assign(
  _ variable: Value, _ value: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> GraphNode {
  change(
    variable, by: value, AssignVariableOp(), Assign(), name, Origin(fileID: fileID, line: line))
}

/// Adds a value to a variable when it is run.
@discardableResult
public func assignAdd(
  _ variable: Value, _ value: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> GraphNode {
  change(
    variable, by: value, AssignAddVariableOp(), AssignAdd(), name,
    Origin(fileID: fileID, line: line))
}

/// Subtracts a value from a variable when it is run.
@discardableResult
public func assignSub(
  _ variable: Value, _ value: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> GraphNode {
  change(
    variable, by: value, AssignSubVariableOp(), AssignSub(), name,
    Origin(fileID: fileID, line: line))
}

/// What a variable is when this is run, as after an update in the same run.
///
/// ```swift
/// let bounded = graph.controlDependencies(on: [step]) {
///   assign(weights, clip(currentValue(of: weights), min: -1, max: 1))
/// }
/// ```
/// - Parameter variable: What `Graph.variable` gave, or another value that was read of a variable.
/// - Returns: The value; invalid when `variable` is none.
public func currentValue(
  of variable: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  read(variable, name, Origin(fileID: fileID, line: line))
}

private func read(_ value: Value, _ name: String?, _ origin: Origin) -> Value {
  let graph = value.graph
  guard let variable = value.variable else {
    if value.isValid {
      graph.record("currentValue: '\(value.name)' is not a variable", origin)
    }
    return graph.node(at: -1).output
  }
  return isHandle(variable)
    ? graph.append(ReadVariableOp(), [variable.output], name: name, origin: origin).output
    : graph.append(Identity(), [variable.output], name: name, origin: origin).output
}

/// `assign`, `assignAdd`, `assignSub` and `currentValue` in a `.graph` file.
let variableFunctions: [GraphFunction] = [
  assignmentFunction("assign", AssignVariableOp(), Assign()),
  assignmentFunction("assignAdd", AssignAddVariableOp(), AssignAdd()),
  assignmentFunction("assignSub", AssignSubVariableOp(), AssignSub()),
  GraphFunction("currentValue", [.labelled("of")]) { call in
    let variable = try call.value("of")
    guard variable.variable != nil else {
      throw ShapeError("of must be a variable, but it is '\(variable.name)'")
    }
    return [read(variable, nil, call.origin)]
  },
]

private func assignmentFunction(
  _ name: String, _ ofHandle: some Operator, _ ofReference: some Operator
) -> GraphFunction {
  GraphFunction(name, [.positional("variable"), .positional("value")]) { call in
    let variable = try call.value("variable")
    guard variable.variable != nil else {
      throw ShapeError("variable must be a variable, but it is '\(variable.name)'")
    }
    let value = try call.value("value", literalType: variable.dataType)
    _ = change(variable, by: value, ofHandle, ofReference, nil, call.origin)
    return []
  }
}

private func change(
  _ changed: Value, by value: Value, _ ofHandle: some Operator, _ ofReference: some Operator,
  _ name: String?, _ origin: Origin
) -> GraphNode {
  let graph = changed.graph
  guard let variable = changed.variable else {
    if changed.isValid {
      graph.record("assign: '\(changed.name)' is not a variable", origin)
    }
    return graph.node(at: -1)
  }
  if isHandle(variable) {
    return graph.append(ofHandle, [variable.output, value], name: name, origin: origin)
  }
  return graph.append(ofReference, [variable.output, value], name: name, origin: origin)
}

private func isHandle(_ variable: GraphNode) -> Bool {
  variable.graph.snapshot { $0.nodes[variable.index].operation is VarHandleOp }
}
