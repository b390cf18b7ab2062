import GraphIR
import Operators
import Tensors

extension Graph {
  /// Appends a node that lets running averages follow values, as TensorFlow 1's
  /// `ExponentialMovingAverage` does.
  ///
  /// ```swift
  /// let step = try graph.minimize(loss, by: .adam())
  /// let train = try graph.controlDependencies(on: [step]) {
  ///   try graph.updateMovingAverages(of: [weights, bias], decay: 0.999)
  /// }
  /// let smooth = movingAverage(of: weights)
  /// ```
  /// The average of `w` is the variable `w/ExponentialMovingAverage`, and each run of the node is
  /// average = decay · average + (1 − decay) · w. That of a variable begins with what the variable
  /// is, and that of another value with zeros.
  ///
  /// - Parameters:
  ///   - values: Variables and values of floating-point numbers; variables are read when the node
  ///     runs, after what it waits for.
  ///   - decay: How much of an average is left after a step, from 0 to 1.
  ///   - updates: How many steps there were, as a scalar: the decay is then no larger than
  ///     (1 + updates) / (10 + updates), so that averages follow quickly at first. A variable is
  ///     read when the node runs.
  ///   - zeroDebias: Whether the averages that begin with zeros are divided by how much of them
  ///     comes of values. What is kept for them is `w/ExponentialMovingAverage/biased` and
  ///     `w/ExponentialMovingAverage/local_step`.
  ///   - name: The name of the node.
  /// - Returns: The node to run after each training step.
  /// - Throws: `GraphError` for a decay out of range, for values of another type or whose shape is
  ///   not known, and for averages that there are already.
  public func updateMovingAverages(
    of values: [Value], decay: OptimizerNumber, updates: Value? = nil, zeroDebias: Bool = false,
    name: String = "updateMovingAverages", fileID: String = #fileID, line: Int = #line
  ) throws -> GraphNode {
    try updateMovingAverages(
      of: values, decay: decay, updates: updates, zeroDebias: zeroDebias, name: name,
      origin: Origin(fileID: fileID, line: line))
  }

  func updateMovingAverages(
    of values: [Value], decay: OptimizerNumber, updates: Value?, zeroDebias: Bool, name: String,
    origin: Origin
  ) throws -> GraphNode {
    try NumberRange.upToOne.check(
      decay, named: "decay", for: self, at: origin, function: "updateMovingAverages")
    if let updates {
      try NumberRange.atLeastZero.check(
        .value(updates), named: "updates", for: self, at: origin, function: "updateMovingAverages")
    }
    let averaged = try values.map { try AveragedValue($0, in: self, origin) }
    return ascribing(to: origin) {
      let changes = averaged.flatMap {
        $0.changes(in: self, decay, updates: updates, zeroDebias: zeroDebias, origin)
      }
      return controlDependencies(on: changes) { append(NoOp(), name: name, origin: origin) }
    }
  }
}

/// The running average of a variable or value, which `updateMovingAverages` lets follow it.
///
/// - Returns: The value of the average's variable; invalid when there is none yet.
public func movingAverage(
  of value: Value, fileID: String = #fileID, line: Int = #line
) -> Value {
  let graph = value.graph
  guard value.isValid else { return value }
  do {
    return try averageRead(of: value)
  } catch {
    graph.record("movingAverage: \(error)", Origin(fileID: fileID, line: line))
    return graph.node(at: -1).output
  }
}

/// What reads the average of a value.
func averageRead(of value: Value) throws -> Value {
  let graph = value.graph
  guard
    let node = graph.node(named: averageName(of: value) + "/Read/ReadVariableOp")
  else {
    throw ShapeError(
      "'\(value.name)' has no moving average",
      suggestion: "updateMovingAverages(of: …) comes before")
  }
  return node.output
}

private func averageName(of value: Value) -> String {
  let name =
    value.variable?.name
    ?? (value.endpoint.output == 0
      ? value.node.name : "\(value.node.name)_\(value.endpoint.output)")
  return name + "/ExponentialMovingAverage"
}

/// A value with a running average.
private struct AveragedValue {
  let value: Value
  let name: String
  let isVariable: Bool

  init(_ value: Value, in graph: Graph, _ origin: Origin) throws {
    guard value.isValid else { throw GraphError(graph.diagnostics) }
    func wrong(_ message: String) -> GraphError {
      GraphError("updateMovingAverages: '\(value.name)' \(message)", at: origin.location)
    }
    guard value.graph === graph else { throw wrong("belongs to another graph") }
    guard value.dataType.isFloatingPoint else {
      throw wrong("must be of floating-point numbers, but it is \(value.type)")
    }
    isVariable = value.variable != nil
    guard isVariable || value.shape.known != nil else {
      throw wrong("must have a known shape, but it is \(value.type)")
    }
    name = averageName(of: value)
    guard graph.node(named: name) == nil else { throw wrong("has a moving average already") }
    self.value = value
  }

  /// The updates of the average, the last one for each that is kept.
  func changes(
    in graph: Graph, _ decay: OptimizerNumber, updates: Value?, zeroDebias: Bool,
    _ origin: Origin
  ) -> [GraphNode] {
    let type = value.dataType
    func number(_ number: Double) -> Value {
      graph.constant(Tensor(number).asLiteral(), as: type, origin: origin)
    }
    func variable(_ name: String, _ start: Value, _ shape: Shape?) -> Value {
      graph.outsideScopes {
        graph.variable(name, initialValue: start, shape: shape, origin: origin)
      }
    }
    func zeros(_ name: String, _ sizes: [Int]) -> Value {
      variable(name, graph.filled(sizes, 0, type, origin), nil)
    }
    var kept: Value
    switch decay {
    case .number(let decay): kept = number(decay)
    case .value(let decay): kept = cast(decay, to: type)
    }
    if let updates {
      let count = cast(
        updates.variable == nil ? updates : currentValue(of: updates), to: type)
      kept = minimum(kept, (number(1) + count) / (number(10) + count))
    }
    let share = number(1) - kept
    let now = isVariable ? currentValue(of: value) : value
    guard !isVariable, zeroDebias else {
      let average = graph.withoutControlDependencies {
        isVariable
          ? variable(name, currentValue(of: value), value.shape)
          : zeros(name, value.shape.known ?? [])
      }
      return [assignSub(average, (average - now) * share)]
    }
    let (average, biased, count) = graph.withoutControlDependencies {
      let sizes = value.shape.known ?? []
      return (zeros(name, sizes), zeros("\(name)/biased", sizes), zeros("\(name)/local_step", []))
    }
    let nextBiased = biased - (biased - now) * share
    let nextCount = count + number(1)
    return [
      assign(biased, nextBiased), assign(count, nextCount),
      assign(average, nextBiased / (number(1) - pow(kept, nextCount))),
    ]
  }
}
