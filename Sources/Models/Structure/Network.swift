import GraphIR
import Tensors

/// Which layers are applied to what, in order: the description of a model, without a graph.
struct Network: Sendable {
  /// An input.
  struct Entry: Sendable {
    var name: String
    /// With a batch of any size.
    var type: TensorType
    var origin: Origin
  }

  /// A layer.
  struct Part: Sendable {
    var name: String
    var layer: any Layer
    var title: String { layer.title(named: name) }
  }

  /// One application of a layer.
  struct Step: Sendable {
    /// The layer, as a position in `parts`.
    var part: Int
    /// What it is applied to: entries first, then the steps before this one.
    var inputs: [Int]
  }

  var entries: [Entry] = []
  var parts: [Part] = []
  var steps: [Step] = []
  /// The outputs, counted as the inputs of steps are.
  var outputs: [Int] = []

  /// A chain of layers.
  ///
  /// - Throws: `GraphError` when there is no layer, or names do not fit.
  init(chain layers: [any Layer], input: Input?, type: TensorType, origin: Origin) throws {
    guard !layers.isEmpty else {
      throw GraphError("a model has one layer at least", at: origin.location)
    }
    if let twice = Self.firstRepeated(layers) {
      throw GraphError(
        "the same \(Swift.type(of: twice).typeName) stands in a Sequential twice",
        at: twice.identity.origin.location,
        notes: ["make a layer for each place, or share it in a functional Model"])
    }
    let names = try layerNames(layers.map { (Swift.type(of: $0).typeName, $0.identity) })
    entries = [
      Entry(
        name: input?.identity.name ?? "input_layer", type: type,
        origin: input?.identity.origin ?? layers[0].identity.origin)
    ]
    for (position, layer) in layers.enumerated() {
      parts.append(Part(name: names[position], layer: layer))
      steps.append(Step(part: position, inputs: [position]))
    }
    outputs = [layers.count]
  }

  private static func firstRepeated(_ layers: [any Layer]) -> (any Layer)? {
    var seen: Set<Int> = []
    return layers.first { !seen.insert($0.identity.number).inserted }
  }

  /// What outputs are made of from inputs.
  ///
  /// - Throws: `GraphError` when the outputs depend on an input that is not named, or names do not
  ///   fit.
  init(inputs: [Input], outputs: [SymbolicTensor], origin: Origin) throws {
    guard !inputs.isEmpty, !outputs.isEmpty else {
      throw GraphError("a model has one input and one output at least", at: origin.location)
    }
    let tensors = Self.tensors(leadingTo: outputs)
    var entryOf: [Int: Int] = [:]
    let entryNames = try layerNames(inputs.map { (Input.typeName, $0.identity) })
    for (position, input) in inputs.enumerated() {
      guard entryOf.updateValue(position, forKey: input.identity.number) == nil else {
        throw GraphError("an input is named twice", at: origin.location)
      }
      let readers = tensors.compactMap { tensor -> (any Layer)? in
        guard case .layer(let layer) = tensor.source,
          tensor.inputs.contains(where: { $0.inputNumber == input.identity.number })
        else { return nil }
        return layer
      }
      let type = input.dataType ?? readers.first?.inputType ?? .float32
      entries.append(
        Entry(
          name: entryNames[position], type: TensorType(type, input.shape.withBatch()),
          origin: input.identity.origin))
    }
    var partOf: [Int: Int] = [:]
    var layers: [any Layer] = []
    for case .layer(let layer) in tensors.map(\.source)
    where partOf[layer.identity.number] == nil {
      partOf[layer.identity.number] = layers.count
      layers.append(layer)
    }
    let names = try layerNames(layers.map { (Swift.type(of: $0).typeName, $0.identity) })
    parts = zip(names, layers).map { Part(name: $0, layer: $1) }
    if let shared = names.first(where: entryNames.contains) {
      throw GraphError("a layer and an input have the name '\(shared)'", at: origin.location)
    }

    var placeOf: [ObjectIdentifier: Int] = [:]
    func place(_ tensor: SymbolicTensor) throws -> Int {
      if let place = placeOf[ObjectIdentifier(tensor)] { return place }
      guard case .input(let input) = tensor.source, let entry = entryOf[input.identity.number]
      else {
        throw GraphError(
          "the outputs depend on an input that is not among the model's inputs",
          at: origin.location)
      }
      return entry
    }
    for tensor in tensors {
      guard case .layer(let layer) = tensor.source else { continue }
      steps.append(
        Step(part: partOf[layer.identity.number]!, inputs: try tensor.inputs.map(place)))
      placeOf[ObjectIdentifier(tensor)] = entries.count + steps.count - 1
    }
    self.outputs = try outputs.map(place)
  }

  /// All tensors that the outputs depend on, each once, inputs before what uses them.
  private static func tensors(leadingTo outputs: [SymbolicTensor]) -> [SymbolicTensor] {
    var seen: Set<ObjectIdentifier> = []
    var found: [SymbolicTensor] = []
    var open = outputs
    while let tensor = open.popLast() {
      guard seen.insert(ObjectIdentifier(tensor)).inserted else { continue }
      found.append(tensor)
      open += tensor.inputs
    }
    return found.sorted { $0.number < $1.number }
  }
}

extension SymbolicTensor {
  /// What tells the input that this is from others.
  fileprivate var inputNumber: Int? {
    guard case .input(let input) = source else { return nil }
    return input.identity.number
  }
}

extension Shape {
  /// The shape of a batch of examples of this shape.
  func withBatch() -> Shape {
    dimensions.map { Shape(dimensions: [nil] + $0) } ?? .unknown
  }
}
