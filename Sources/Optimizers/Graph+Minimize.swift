import Differentiation
import GraphIR
import Operators
import Tensors

extension Graph {
  /// Appends a training step: a node that changes variables so that a loss becomes smaller.
  ///
  /// The step is made of TensorFlow's own update operators, so that the file trains there too.
  /// What an optimiser keeps for a variable `w` are variables `w/NAME`, as TensorFlow 1 has them.
  ///
  /// - Parameters:
  ///   - loss: A scalar of floating-point numbers.
  ///   - optimizer: How the variables are changed.
  ///   - variables: The variables to change; without them, all of floating-point numbers that the
  ///     loss depends on.
  ///   - clipping: How large gradients may be.
  ///   - weightDecay: How variables are kept small.
  ///   - step: A variable that counts the steps, as schedules of the learning rate follow it: 1 is
  ///     added to it after the updates.
  ///   - name: The name of the node.
  /// - Returns: The node to run, once for each step.
  /// - Throws: `GraphError` when the loss is no scalar or depends on no variable, when a number is
  ///   out of range, and when a call before this was wrong.
  public func minimize(
    _ loss: Value, by optimizer: Optimizer, variables: [Value]? = nil,
    clipping: GradientClipping? = nil, weightDecay: WeightDecay? = nil, step: Value? = nil,
    name: String = "train", fileID: String = #fileID, line: Int = #line
  ) throws -> GraphNode {
    try minimize(
      loss,
      Minimization(
        optimizer: optimizer, variables: variables, clipping: clipping, weightDecay: weightDecay,
        counter: step), name: name, origin: Origin(fileID: fileID, line: line))
  }

  func minimize(
    _ loss: Value, _ minimization: Minimization, name: String, origin: Origin
  ) throws -> GraphNode {
    guard loss.isValid else { throw GraphError(diagnostics) }
    guard loss.shape.rank ?? 0 == 0, loss.dataType.isFloatingPoint else {
      throw GraphError(
        "minimize: the loss must be a scalar of floating-point numbers, but it is \(loss.type)",
        at: origin.location, notes: ["take the mean or the sum of it"])
    }
    try minimization.check(for: self, at: origin)
    let trained = try trainedVariables(of: loss, minimization.variables, origin)
    let gradients = try gradientsWherePathsLead(of: [loss], withRespectTo: trained, origin: origin)
    let pairs = zip(trained, gradients).compactMap { variable, gradient in
      gradient.map { Trained(variable: variable, gradient: $0) }
    }
    guard !pairs.isEmpty else {
      throw GraphError(
        "minimize: the loss '\(loss.name)' depends on no variable", at: origin.location)
    }
    return try ascribing(to: origin) {
      try deriving {
        var step = TrainingStep(
          graph: self, optimizer: minimization.optimizer, type: loss.dataType, origin: origin)
        let updates = try minimization.updates(pairs, &step)
        return controlDependencies(on: updates) { append(NoOp(), name: name, origin: origin) }
      }
    }
  }

  /// The variables themselves, each once, in the order of the graph.
  private func trainedVariables(
    of loss: Value, _ variables: [Value]?, _ origin: Origin
  ) throws -> [Value] {
    if let variables {
      return try variables.map { value in
        guard value.graph === self, let node = value.variable else {
          throw GraphError(
            "minimize: '\(value.name)' is not a variable of this graph", at: origin.location)
        }
        return node.output
      }
    }
    let positions = snapshot { frozen -> [Int] in
      var isNeeded = [Bool](repeating: false, count: loss.endpoint.nodeIndex + 1)
      isNeeded[loss.endpoint.nodeIndex] = true
      var found: [Int] = []
      for position in isNeeded.indices.reversed() where isNeeded[position] {
        let node = frozen.nodes[position]
        if node.isVariable {
          if node.outputs[0].dataType.isFloatingPoint { found.append(position) }
          continue
        }
        for input in node.inputs { isNeeded[input.nodeIndex] = true }
      }
      return found.reversed()
    }
    return positions.map { node(at: $0).output }
  }
}
