import GraphIR
import Operators
import Tensors

/// What a training step is told besides its loss.
struct Minimization {
  var optimizer: Optimizer
  var variables: [Value]?
  var clipping: GradientClipping?
  var weightDecay: WeightDecay?
  /// The variable that counts the steps.
  var counter: Value?

  func check(for graph: Graph, at origin: Origin) throws {
    try optimizer.check(for: graph, at: origin)
    try clipping?.check(for: graph, at: origin)
    try weightDecay?.check(for: graph, at: origin)
    guard let counter else { return }
    guard counter.isValid else { throw GraphError(graph.diagnostics) }
    guard counter.graph === graph, counter.variable != nil else {
      throw GraphError(
        "minimize: step: '\(counter.name)' is not a variable of this graph", at: origin.location)
    }
    guard counter.shape.rank ?? 0 == 0, counter.dataType.isNumeric else {
      throw GraphError(
        "minimize: step must be a scalar, but it is \(counter.type)", at: origin.location)
    }
  }

  /// All nodes of a step: what makes variables smaller, the updates, and the count.
  func updates(_ pairs: [Trained], _ step: inout TrainingStep) throws -> [GraphNode] {
    var pairs = weightDecay?.regularized(pairs, in: &step) ?? pairs
    pairs = clipping?.clipped(pairs, in: &step) ?? pairs
    let decays = weightDecay?.decays(pairs, in: &step) ?? []
    let updates = try step.graph.controlDependencies(on: decays) { try step.updates(pairs) }
    guard let counter else { return updates }
    let one = step.graph.constant(1, as: counter.dataType, origin: step.origin)
    return updates + [step.graph.controlDependencies(on: updates) { assignAdd(counter, one) }]
  }
}
