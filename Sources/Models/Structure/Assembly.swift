import GraphIR
import Operators
import Tensors

/// A network in a graph: its variables, and what it computes for predictions and in training.
struct Assembly {
  /// A variable of a layer.
  struct Weight {
    var name: String
    var value: Value
    var sizes: [Int]
    var part: Int
    /// Whether training changes it, as long as its layer is not frozen.
    var isTrainable: Bool
    var regularizer: Regularizer?
  }

  /// What the network gives in one of the two forms.
  struct Pass {
    /// For entries first, then for steps.
    var values: [Value]
    /// What changes weights beside the optimiser.
    var updates: [GraphNode] = []
  }

  let network: Network
  let graph = Graph()
  private(set) var weights: [Weight] = []
  private(set) var prediction = Pass(values: [])
  /// The layers, by position, that training leaves as they are.
  var frozenParts: Set<Int> = []
  private let seedSource: SeedSource
  private var variables: [[String: Value]?]

  /// Appends the network, in the form for predictions, to a graph of its own.
  ///
  /// - Throws: `GraphError` with the user's line when a layer does not fit its inputs.
  init(_ network: Network, seed: UInt64?) throws {
    self.network = network
    seedSource = SeedSource(seed: seed)
    variables = Array(repeating: nil, count: network.parts.count)
    let inputs = network.entries.map {
      graph.placeholder($0.name, type: $0.type, origin: $0.origin)
    }
    if let first = graph.diagnostics.first { throw GraphError([first]) }
    prediction = try pass(from: inputs, isTraining: false)
  }

  var inputs: [Value] { Array(prediction.values.prefix(network.entries.count)) }

  func outputs(of pass: Pass) -> [Value] { network.outputs.map { pass.values[$0] } }

  /// The weights that training changes to make the loss smaller.
  var trainableWeights: [Weight] { weights.filter(isTrained) }

  func isTrained(_ weight: Weight) -> Bool {
    weight.isTrainable && !frozenParts.contains(weight.part)
  }

  /// Appends the form for training.
  ///
  /// What is the same for predictions is not appended again.
  mutating func trainingPass() throws -> Pass { try pass(from: inputs, isTraining: true) }

  private mutating func pass(from inputs: [Value], isTraining: Bool) throws -> Pass {
    var pass = Pass(values: inputs)
    for step in network.steps {
      let part = network.parts[step.part]
      let values = step.inputs.map { pass.values[$0] }
      if isTraining, !part.layer.differsInTraining {
        let known = step.inputs.map { prediction.values[$0] }
        if values == known {
          pass.values.append(prediction.values[pass.values.count])
          continue
        }
      }
      pass.values.append(try append(part, step, to: values, isTraining, &pass.updates))
    }
    return pass
  }

  private mutating func append(
    _ part: Network.Part, _ step: Network.Step, to inputs: [Value], _ isTraining: Bool,
    _ updates: inout [GraphNode]
  ) throws -> Value {
    let origin = part.layer.identity.origin
    do {
      guard part.layer.takesSeveralInputs || inputs.count == 1 else {
        throw ShapeError("one input was expected, found \(inputs.count)")
      }
      let weights = try weights(of: step.part, for: inputs)
      let call = LayerCall(
        graph: graph, isTraining: isTraining, isFrozen: frozenParts.contains(step.part),
        weights: weights,
        seedSource: seedSource.inside("\(part.name)/\(graph.nodeCount)"))
      let output = try graph.scope(isTraining ? "training/\(part.name)" : part.name) {
        try graph.ascribing(to: origin) { try part.layer.output(for: inputs, call) }
      }
      if let first = graph.diagnostics.first { throw ShapeError(first.message) }
      guard output.isValid, output.graph === graph else {
        throw ShapeError("the output is no value of the model's graph")
      }
      if let sizes = output.shape.dimensions?.dropFirst(), sizes.contains(0) {
        throw ShapeError(
          "the output would be \(output.type), which has no elements",
          suggestion: "a window must not be larger than what it moves over")
      }
      updates += call.updates
      return output
    } catch {
      var notes = inputs.map { "the input is \($0.type)" }
      if let suggestion = (error as? ShapeError)?.suggestion { notes.append(suggestion) }
      throw GraphError("\(part.title): \(error)", at: origin.location, notes: notes)
    }
  }

  /// The values of a layer's weights, whose variables are made at its first use.
  private mutating func weights(of part: Int, for inputs: [Value]) throws -> [String: Value] {
    if let known = variables[part] { return known }
    let layer = network.parts[part].layer
    let name = network.parts[part].name
    let origin = layer.identity.origin
    var values: [String: Value] = [:]
    for weight in try layer.weights(for: inputs.map(\.type)) {
      let path = "\(name)/\(weight.name)"
      let start = try graph.scope("\(path)/Initializer", ascribingTo: origin) {
        try weight.initializer.value(weight.sizes, in: graph, seedSource.seeds(for: path))
      }
      let value = graph.variable(path, initialValue: start, origin: origin)
      guard values.updateValue(value, forKey: weight.name) == nil else {
        throw ShapeError("the weight '\(weight.name)' is declared twice")
      }
      weights.append(
        Weight(
          name: path, value: value, sizes: weight.sizes, part: part,
          isTrainable: weight.isTrainable, regularizer: weight.regularizer))
    }
    variables[part] = values
    return values
  }
}
