import Execution
import GraphIR
import Operators
import Optimizers
import Tensors
import Training

/// The training step and the test of a compiled model.
struct TrainingProgram {
  /// What each batch is told of: the loss, then the metrics.
  let names: [String]
  /// What the means over an epoch become in the end.
  let finish: [@Sendable (Double) -> Double]
  /// What labels are fed to.
  let labels: Value
  let labelKind: Loss.Labels
  let training: Callable
  let test: Callable
  private let learningRate: Value?
  private let origin: Origin

  /// Appends loss, metrics and step to the graph of a model.
  init(_ compilation: Compilation, _ assembly: inout Assembly, _ session: Session) throws {
    let graph = assembly.graph
    origin = compilation.origin
    let outputs = assembly.outputs(of: assembly.prediction)
    guard outputs.count == 1 else {
      throw GraphError(
        "a model of one output can be trained, but this one has \(outputs.count)",
        at: origin.location,
        notes: ["append the losses to its graph, and train with graph.minimize"])
    }
    names = ["loss"] + compilation.metrics.map(\.name)
    finish = [{ $0 }] + compilation.metrics.map(\.finish)
    labelKind = compilation.loss.labels
    let type =
      labelKind == .values
      ? TensorType(.float32, outputs[0].shape)
      : TensorType(
        .int32,
        outputs[0].shape.dimensions.map { Shape(dimensions: $0.dropLast()) } ?? .unknown)
    labels = graph.placeholder("labels", type: type, origin: origin)

    let trainingPass = try assembly.trainingPass()
    let trainingOutput = assembly.outputs(of: trainingPass)[0]
    let measures = Measures(compilation: compilation, weights: assembly.weights, labels: labels)
    let tested = try measures.values(of: outputs[0], scope: nil)
    let trained =
      trainingOutput == outputs[0]
      ? tested : try measures.values(of: trainingOutput, scope: "training")
    for (name, value) in zip(names, tested) { graph.declareOutput(value, named: name) }

    let pair = try graph.ascribing(to: origin) {
      try Self.step(
        compilation, graph, loss: trained[0], updates: trainingPass.updates,
        variables: assembly.trainableWeights.map(\.value))
    }
    learningRate = pair.learningRate
    let step = pair.step
    graph.declareTarget(step, named: "train")
    try session.initializeVariables(onlyMissing: true)
    let feeds = assembly.inputs + [labels]
    training = try session.prepare(fetches: trained, targets: [step], feeds: feeds)
    test = try session.prepare(fetches: tested, feeds: feeds)
  }

  /// Appends the step, and the variable of its learning rate where that is a number.
  private static func step(
    _ compilation: Compilation, _ graph: Graph, loss: Value, updates: [GraphNode],
    variables: [Value]
  ) throws -> (step: GraphNode, learningRate: Value?) {
    var optimizer = compilation.optimizer
    var learningRate: Value?
    if case .number(let rate) = optimizer.learningRate {
      let variable = graph.variable(
        "optimizer/learning_rate", initialValue: Tensor(Float(rate)))
      learningRate = variable
      optimizer = optimizer.replacingLearningRate(by: .value(variable))
    }
    let location = compilation.origin.location
    let step = try graph.minimize(
      loss, by: optimizer, variables: variables,
      name: updates.isEmpty ? "train" : "optimizer/step", fileID: location?.file ?? #fileID,
      line: location?.line ?? #line)
    if updates.isEmpty { return (step, learningRate) }
    let all = graph.controlDependencies(on: [step] + updates) {
      graph.append(NoOp(), name: "train", origin: compilation.origin)
    }
    return (all, learningRate)
  }

  /// The variable that holds the learning rate.
  func learningRateVariable() throws -> Value {
    guard let learningRate else {
      throw GraphError(
        "the learning rate is a value of the graph, which cannot be set", at: origin.location)
    }
    return learningRate
  }
}

/// Loss and metrics of an output.
private struct Measures {
  let compilation: Compilation
  let weights: [Assembly.Weight]
  let labels: Value

  func values(of output: Value, scope: String?) throws -> [Value] {
    let graph = output.graph
    return try graph.scope(scope, ascribingTo: compilation.origin) {
      var loss = try measured("the loss", compilation.loss.name, output) {
        try compilation.loss.value(labels: labels, output: output)
      }
      for weight in weights {
        guard let regularizer = weight.regularizer else { continue }
        loss = loss + regularizer.penalty(of: weight.value)
      }
      let metrics = try compilation.metrics.map { metric in
        try measured("the metric", metric.name, output) {
          try metric.value(labels: labels, output: output)
        }
      }
      let names = ["loss"] + compilation.metrics.map(\.name)
      return zip(names, [loss] + metrics).map { name, value in
        identity(value, name: isNodeName(name) ? name : nil)
      }
    }
  }

  private func measured(
    _ kind: String, _ name: String, _ output: Value, _ body: () throws -> Value
  ) throws -> Value {
    let graph = output.graph
    do {
      let value = try body()
      if let first = graph.diagnostics.first { throw ShapeError(first.message) }
      return value
    } catch {
      throw GraphError(
        "\(kind) '\(name)' does not fit: \(error)", at: compilation.origin.location,
        notes: ["the output is \(output.type), the labels are \(labels.type)"])
    }
  }
}
