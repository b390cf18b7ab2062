import GraphIR
import Operators
import Tensors

/// How a training step keeps variables small.
///
/// ```swift
/// let train = try graph.minimize(
///   loss, by: .momentum(learningRate: 0.1), weightDecay: .l2(strength: 5e-4, excluding: [bias]))
/// ```
public enum WeightDecay: Sendable {
  /// As if strength · Σ variable² were part of the loss, which is what Keras's regularizer `l2`
  /// adds: the gradient grows by 2 · strength · variable before it is clipped.
  case l2(strength: OptimizerNumber, excluding: [Value] = [])
  /// Before each step, variable −= learningRate · rate · variable: Keras's `weight_decay`. The
  /// optimiser's moments know nothing of it.
  case decoupled(rate: OptimizerNumber, excluding: [Value] = [])

  /// The names of the cases.
  static let names = ["l2", "decoupled"]

  private var excluded: [Value] {
    switch self {
    case .l2(_, let values), .decoupled(_, let values): values
    }
  }

  func check(for graph: Graph, at origin: Origin) throws {
    let (number, name) =
      switch self {
      case .l2(let strength, _): (strength, ".l2: strength")
      case .decoupled(let rate, _): (rate, ".decoupled: rate")
      }
    try NumberRange.atLeastZero.check(
      number, named: "weightDecay: \(name)", for: graph, at: origin)
    for value in excluded where value.graph !== graph || value.variable == nil {
      throw GraphError(
        "minimize: weightDecay: excluding: '\(value.name)' is not a variable of this graph",
        at: origin.location)
    }
  }

  private func decayed(_ pairs: [Trained]) -> [Trained] {
    let left = Set(excluded.compactMap { $0.variable?.index })
    return pairs.filter { !left.contains($0.variable.endpoint.nodeIndex) }
  }

  /// The gradients with what the decay adds to them.
  func regularized(_ pairs: [Trained], in step: inout TrainingStep) -> [Trained] {
    guard case .l2(let strength, _) = self else { return pairs }
    let decayed = Set(decayed(pairs).map(\.variable.endpoint.nodeIndex))
    return pairs.map { pair in
      guard decayed.contains(pair.variable.endpoint.nodeIndex) else { return pair }
      let factor = 2 * step.scalar("weightDecay/strength", strength, pair.variable.dataType)
      return Trained(
        variable: pair.variable, gradient: pair.gradient + factor * step.read(pair.variable))
    }
  }

  /// The nodes that make variables smaller, which come before the step.
  func decays(_ pairs: [Trained], in step: inout TrainingStep) -> [GraphNode] {
    guard case .decoupled(let rate, _) = self else { return [] }
    return step.decays(decayed(pairs), after: pairs) {
      $0.scalar("weightDecay/rate", rate, $1)
    }
  }
}

extension TrainingStep {
  /// variable −= learningRate · rate · variable for each variable, once all gradients are known.
  mutating func decays(
    _ pairs: [Trained], after gradients: [Trained]? = nil,
    rate: (inout TrainingStep, DataType) -> Value
  ) -> [GraphNode] {
    let computed = (gradients ?? pairs).map(\.gradient.node)
    return pairs.map { pair in
      let (variable, type) = (pair.variable, pair.variable.dataType)
      let factor = number("learningRate", type) * rate(&self, type)
      let change = read(variable) * factor
      return graph.controlDependencies(on: computed) {
        assignSub(variable, change, name: "\(optimizer.rule.scope)/decay_\(variable.node.name)")
      }
    }
  }

  /// A number that cannot be a value of the graph.
  func constantNumber(_ label: String) throws -> Double {
    guard case .number(let number) = optimizer.number(label) else {
      throw GraphError(
        "minimize: .\(optimizer.rule.name): \(label) must be a number that stays",
        at: origin.location)
    }
    return number
  }
}
