import Execution
import GraphIR
import Operators
import Tensors

/// Layers that are trained and used together: a graph, a session, and what is done with them.
///
/// ```swift
/// let input = Input(shape: [32])
/// let hidden = Dense(64, activation: .relu)(input)
/// let model = try Model(inputs: input, outputs: Dense(10)(Concatenate()([hidden, input])))
/// ```
/// Everything is in `graph`, and every variable in `session`, so that one can go on with these:
/// a layer `dense` has the variables `dense/kernel` and `dense/bias`. What layers do in training
/// alone, as dropout, is a second part of the graph over the same variables.
///
/// A model is used from one thread at a time. What a session needs has been seen to when it is
/// handed to others.
public class Model {
  /// What a model is made of.
  enum Definition {
    case network(Network)
    /// Layers one after the other; without an input, its sizes are found later.
    case chain([any Layer], Input?, Origin)
  }

  /// The name in summaries.
  public let name: String
  /// Whether the training that runs ends after the present step; a callback may set it.
  public var stopTraining = false
  let definition: Definition
  let seed: UInt64?
  let options: SessionOptions
  private(set) var assembly: Assembly?
  private var builtSession: Session?
  var compilation: Compilation?
  var program: TrainingProgram?

  init(_ definition: Definition, name: String, seed: UInt64?, options: SessionOptions) {
    self.definition = definition
    self.name = name
    self.seed = seed
    self.options = options
  }

  /// A model of what outputs are made of from inputs.
  ///
  /// - Parameters:
  ///   - inputs: What the model is fed, in order.
  ///   - outputs: What it gives, in order.
  ///   - name: The name in summaries.
  ///   - seed: Makes initial weights and random layers the same in each session.
  ///   - options: How the session runs.
  /// - Throws: `GraphError` with the line of the layer that does not fit its inputs, and when the
  ///   outputs depend on an input that is not named.
  public convenience init(
    inputs: [Input], outputs: [SymbolicTensor], name: String = "functional",
    seed: UInt64? = nil, options: SessionOptions = SessionOptions(), fileID: String = #fileID,
    line: Int = #line
  ) throws {
    let network = try Network(
      inputs: inputs, outputs: outputs, origin: Origin(fileID: fileID, line: line))
    self.init(.network(network), name: name, seed: seed, options: options)
    try build(network)
  }

  /// A model of what one output is made of from one input.
  public convenience init(
    inputs: Input, outputs: SymbolicTensor, name: String = "functional", seed: UInt64? = nil,
    options: SessionOptions = SessionOptions(), fileID: String = #fileID, line: Int = #line
  ) throws {
    try self.init(
      inputs: [inputs], outputs: [outputs], name: name, seed: seed, options: options,
      fileID: fileID, line: line)
  }

  // MARK: Building

  /// Whether the model has a graph and weights.
  public var isBuilt: Bool { assembly != nil }

  /// Makes the graph and the weights, for examples of that shape.
  ///
  /// `fit`, `evaluate` and `predict` do so where it has not been done; nothing happens where it
  /// has.
  ///
  /// - Parameter inputShape: The sizes of one example, without the batch.
  /// - Throws: `GraphError` with the line of the layer that does not fit its inputs.
  public func build(inputShape: Shape) throws { try build(exampleShape: inputShape) }

  /// Whether the shape of the input is known without any data.
  var hasInput: Bool {
    guard case .chain(_, let input, _) = definition else { return true }
    return input != nil
  }

  func build(exampleShape: Shape?) throws {
    guard assembly == nil else { return }
    switch definition {
    case .network(let network): try build(network)
    case .chain(let layers, let input, let origin):
      guard let shape = input?.shape ?? exampleShape else {
        throw GraphError(
          "the model '\(name)' is not built: the shape of its input is not known yet",
          at: origin.location,
          notes: ["call build(inputShape:), put an Input first, or fit it to data"])
      }
      let type = input?.dataType ?? layers.first?.inputType ?? .float32
      try build(
        Network(
          chain: layers, input: input, type: TensorType(type, shape.withBatch()), origin: origin))
    }
  }

  private func build(_ network: Network) throws {
    let assembly = try Assembly(network, seed: seed)
    let names = network.outputNames
    for (name, output) in zip(names, assembly.outputs(of: assembly.prediction)) {
      assembly.graph.declareOutput(output, named: name)
    }
    let session = try Session(assembly.graph, options: options)
    try session.initializeVariables()
    self.assembly = assembly
    builtSession = session
  }

  /// Makes graph and session anew, with the weights as they are.
  func rebuild() throws {
    guard let assembly else { return }
    let values = try weightValues()
    try build(assembly.network)
    self.assembly?.frozenParts = assembly.frozenParts
    try setWeightValues(values)
  }

  /// The assembly, to which a program appends.
  func withAssembly<Result>(_ body: (inout Assembly) throws -> Result) throws -> Result {
    try build(exampleShape: nil)
    return try body(&assembly!)
  }

  // MARK: What it consists of

  /// The graph, once the model is built.
  ///
  /// - Throws: `GraphError` when the shape of the input is not known yet.
  public var graph: Graph { get throws { try withAssembly { $0.graph } } }

  /// The session that holds the weights, once the model is built.
  ///
  /// - Throws: `GraphError` when the shape of the input is not known yet.
  public var session: Session {
    get throws {
      try build(exampleShape: nil)
      return builtSession!
    }
  }

  /// The placeholders, in order.
  public var inputs: [Value] { get throws { try withAssembly { $0.inputs } } }

  /// What the model gives for predictions, in order.
  public var outputs: [Value] {
    get throws { try withAssembly { $0.outputs(of: $0.prediction) } }
  }

  /// The names of the layers, in order.
  public var layerNames: [String] {
    get throws { try withAssembly { $0.network.parts.map(\.name) } }
  }

  /// What a layer gives for predictions, where it is used first.
  ///
  /// - Throws: `GraphError` with the nearest name when there is no such layer.
  public func output(ofLayer name: String) throws -> Value {
    try withAssembly { assembly in
      let network = assembly.network
      let part = try network.part(named: name, of: self.name)
      let step = network.steps.firstIndex { $0.part == part } ?? 0
      return assembly.prediction.values[network.entries.count + step]
    }
  }
}

extension Network {
  /// The layer of that name.
  func part(named name: String, of model: String) throws -> Int {
    if let part = parts.firstIndex(where: { $0.name == name }) { return part }
    let near = nearestName(to: name, among: parts.map(\.name))
    throw GraphError(
      "the model '\(model)' has no layer '\(name)'",
      notes: [near.map { "did you mean '\($0)'?" } ?? "its layers are in layerNames"])
  }

  /// The names of the outputs: those of the layers that give them, each once.
  var outputNames: [String] {
    var taken: Set<String> = []
    return outputs.map { place in
      let base =
        place < entries.count ? entries[place].name : parts[steps[place - entries.count].part].name
      var name = base
      var number = 1
      while !taken.insert(name).inserted {
        name = "\(base)_\(number)"
        number += 1
      }
      return name
    }
  }
}
