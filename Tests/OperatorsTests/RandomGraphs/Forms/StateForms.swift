import StaticGraph

extension OperatorForms {
  /// A variable that the operator declares: it is given a value, changed and read.
  static let variableDeclaration: OperatorForm = { step in
    guard let type = step.recipe.operatorType as? any VariableDeclaration.Type else { return nil }
    let elements = step.random.choose([step.numberType, step.numberType, .int32, .int64])
    let initial = step.operand(ranks: 0...4, type: elements)
    var changes = VariableChanges()
    changes.declare(type, initial, &step)
    changes.changeFurther(sizes: initial.sizes, &step)
    return changes.end()
  }

  /// The operator on variables of its own: they are given values, changed in an order that control
  /// dependencies state, and read.
  static let onVariables: OperatorForm = { step in
    let samples = step.recipe.samples.filter { $0.inputs[0].rank > 0 }
    guard let sample = samples.randomElement(using: &step.random) else { return nil }
    let sizes = step.random.sizes(ranks: 0...4)
    var changes = VariableChanges()
    var inputs: [Value] = []
    for (position, input) in step.recipe.operatorType.signature.inputs.enumerated() {
      if let form = input.variable {
        let initial = step.operand(position, sizes: sizes)
        inputs.append(changes.declare(form, initial, &step))
      } else if sample.inputs[position].rank == 0 {
        let number = try! sample.inputs[position].converted(to: step.numberType)
        inputs.append(step.graph.constant(number))
      } else {
        inputs.append(step.operand(position, sizes: sizes).value)
      }
    }
    changes.append(sample.operation, inputs)
    changes.changeFurther(sizes: sizes, &step)
    return changes.end()
  }

  /// Whether a variable has a value, which some have not.
  static let variableQuestion: OperatorForm = { step in
    guard let form = step.recipe.operatorType.signature.inputs[0].variable else { return nil }
    var changes = VariableChanges()
    let initial = step.operand()
    // To TensorFlow a reference to no elements always has a value.
    let needsNone = form == .reference && initial.sizes.contains(0)
    let isGiven = step.random.happens(60) || needsNone
    let variable = changes.declare(form, initial, &step, isGiven: isGiven)
    changes.append(step.recipe.operatorType.init(), [variable])
    return changes.end(reading: isGiven)
  }
}

/// What happens to the variables of a step, each thing after the one before it.
private struct VariableChanges {
  private var variables: [(value: Value, form: Signature.VariableForm)] = []
  /// What whatever comes next has to wait for.
  private var last: [GraphNode] = []
  private var results: [Value] = []

  /// A variable of a form, which is assigned a value unless it is not to be given any.
  mutating func declare(
    _ form: Signature.VariableForm, _ initial: Operand, _ step: inout RandomStep,
    isGiven: Bool = true
  ) -> Value {
    let references: [any VariableDeclaration.Type] = [VariableV2.self, VariableV1.self]
    return declare(
      form == .handle ? VarHandleOp.self : step.random.choose(references), initial, &step,
      isGiven: isGiven)
  }

  @discardableResult
  mutating func declare(
    _ declaration: any VariableDeclaration.Type, _ initial: Operand, _ step: inout RandomStep,
    isGiven: Bool = true
  ) -> Value {
    let graph = step.graph
    let form: Signature.VariableForm = declaration == VarHandleOp.self ? .handle : .reference
    // What TensorFlow's older form assigns must have the whole shape that is stated.
    let stated = initial.sizes.map { size -> Int? in
      form == .handle && step.random.happens(20) ? nil : size
    }
    let type = TensorType(initial.value.dataType, Shape(dimensions: stated))
    let name = "variable\(graph.snapshot { $0.nodes.count })"
    let variable = append(graph, declaration.init(type, sharedName: name), name: name).output
    variables.append((variable, form))
    if isGiven {
      form == .handle
        ? append(AssignVariableOp(), [variable, initial.value])
        : append(Assign(), [variable, initial.value])
    }
    return variable
  }

  /// Appends what a variable undergoes, after all that came before.
  mutating func append(_ operation: any Operator, _ inputs: [Value]) {
    let graph = inputs[0].graph
    let node = graph.controlDependencies(on: last) {
      append(graph, operation, inputs)
    }
    last = [node]
    // What a reference leads to may have changed when its reader runs.
    let isReference = type(of: operation).signature.outputs.contains { $0.variable != nil }
    if !isReference { results += node.outputs.filter(\.isValid) }
  }

  private func append(
    _ graph: Graph, _ operation: some Operator, _ inputs: [Value] = [], name: String? = nil
  ) -> GraphNode {
    graph.append(operation, inputs, name: name, origin: .unknown)
  }

  /// Reads the first variable and changes it again, some times.
  mutating func changeFurther(sizes: [Int], _ step: inout RandomStep) {
    let (variable, form) = variables[0]
    let type = variable.dataType
    for _ in 0..<step.random.integer(0...2) {
      if step.random.happens(60) {
        append(form == .handle ? ReadVariableOp() : DeepCopy(), [variable])
      }
      let operations: [any Operator] =
        form == .handle
        ? [AssignVariableOp(), AssignAddVariableOp(), AssignSubVariableOp()]
        : [Assign(), AssignAdd(), AssignSub()]
      let operation = type == .bool ? operations[0] : step.random.choose(operations)
      append(operation, [variable, step.operand(0, sizes: sizes, type: type).value])
    }
  }

  /// All that was read, and what the variables are in the end.
  mutating func end(reading: Bool = true) -> GraphNode? {
    guard let graph = variables.first?.value.graph else { return nil }
    if reading {
      let order = last
      for (variable, form) in variables {
        last = order
        append(form == .handle ? ReadVariableOp() : Identity(), [variable])
      }
    }
    return graph.append(IdentityN(), results, origin: .unknown)
  }
}
