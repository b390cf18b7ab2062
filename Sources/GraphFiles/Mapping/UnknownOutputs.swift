import GraphIR
import Tensors

// What is known of the outputs of operators that this engine does not know: how many the file
// refers to, and which types their readers state.

extension GraphMapper {
  /// The most outputs that the unknown operators of a file may have together.
  private static let maximumUnknownOutputs = 1 << 22

  /// Attributes that give the types of outputs, the likeliest first.
  private static let typeNames = [
    "dtype", "out_type", "output_type", "output_dtype", "DstT", "Tparams", "T",
  ]
  private static let typeListNames = [
    "component_types", "output_types", "dtypes", "Tout", "out_types",
  ]

  /// Finds the outputs of unknown operators, with the types that known readers state.
  ///
  /// - Throws: `GraphError` when there are too many.
  mutating func findTypesOfUnknownOutputs() throws {
    for (position, node) in mapped.enumerated() where node != nil && node?.description == nil {
      unknownTypes[position] = [nil]
    }
    if unknownTypes.isEmpty { return }
    for position in file.nodes.indices {
      for (number, input) in wiring.inputs(of: position).enumerated()
      where !input.isControl && unknownTypes[Int(input.node)] != nil {
        let type = statedType(ofInput: number, of: position)
        if !note(input.node, input.output, type) {
          faults.add(
            "input \(number) is '\(file.nodes[position].inputs[number])', but unknown operators"
              + " of a file may have \(Self.maximumUnknownOutputs) outputs together",
            node: file.nodes[position])
          return try faults.throwIfAny()
        }
      }
    }
    for (position, output, type) in declaredOutputs where !note(position, output, type) { return }
  }

  /// Notes that an output is read; gives `false` when there are too many.
  private mutating func note(_ node: Int32, _ output: Int32, _ type: DataType?) -> Bool {
    guard let count = unknownTypes[Int(node)]?.count else { return true }
    let missing = Int(output) + 1 - count
    if missing > 0 {
      unknownOutputCount += missing
      guard unknownOutputCount <= Self.maximumUnknownOutputs else { return false }
      unknownTypes[Int(node)]!.append(contentsOf: repeatElement(nil, count: missing))
    }
    if let type, unknownTypes[Int(node)]![Int(output)] == nil {
      unknownTypes[Int(node)]![Int(output)] = type
    }
    return true
  }

  /// The type that a node states for one of its inputs.
  private func statedType(ofInput number: Int, of position: Int) -> DataType? {
    guard let node = mapped[position], let description = node.description,
      let parameter = description.signature.input(
        number, of: wiring.inputs(of: position).prefix { !$0.isControl }.count)
    else { return nil }
    switch parameter.type {
    case .fixed(let type): return type
    case .list, .untold: return nil
    case .variable(let name):
      if let stated = node.types.first(where: { $0.name == name }) { return stated.type }
      guard description.defaults[name] != nil,
        case .type(let type) = node.operation.attributeValues.first(where: { $0.name == name })?
          .value
      else { return nil }
      return type
    }
  }

  /// The types of an unknown operator's outputs, all of unknown shape.
  func outputs(ofUnknown position: Int) -> [TensorType] {
    let types = unknownTypes[position] ?? [nil]
    guard types.contains(nil) else { return types.map { TensorType($0!, .unknown) } }
    let attributes = file.nodes[position].attributes
    var single: DataType?
    for case .type(let number) in Self.typeNames.compactMap({ attributes[$0] }) {
      single = single ?? DataType(rawValue: number)
    }
    let lists = Self.typeListNames.compactMap { name -> [Int32]? in
      guard case .list(let list) = attributes[name], !list.types.isEmpty else { return nil }
      return list.types
    }
    return types.enumerated().map { output, type in
      let listed = lists.first.flatMap { output < $0.count ? DataType(rawValue: $0[output]) : nil }
      return TensorType(type ?? listed ?? single ?? .float32, .unknown)
    }
  }

  /// Gives outputs of unknown operators the types that a reader needs which does not state any.
  ///
  /// The type is that of another input under the same variable, or else one that is allowed.
  mutating func adaptUnknownInputs(of node: MappedNode, at position: Int) {
    guard !unknownTypes.isEmpty, let signature = node.description?.signature else { return }
    let inputs = wiring.inputs(of: position).prefix { !$0.isControl }
    func isOpen(_ input: GraphWiring.Reference) -> Bool {
      unknownTypes[Int(input.node)].map { $0[Int(input.output)] == nil } ?? false
    }
    func currentType(_ input: GraphWiring.Reference) -> DataType {
      graph.nodes[Int(places[Int(input.node)])].outputs[Int(input.output)].dataType
    }
    for (number, input) in inputs.enumerated() where isOpen(input) {
      guard case .variable(let name) = signature.input(number, of: inputs.count)?.type else {
        continue
      }
      let other = inputs.enumerated().first { number, input in
        !isOpen(input) && signature.input(number, of: inputs.count)?.type == .variable(name)
      }
      var type = other.map { currentType($0.element) } ?? currentType(input)
      let allowed = signature.types.first { $0.name == name }?.allowed
      if other == nil, let allowed, !allowed.contains(type) { type = allowed.types.first ?? type }
      unknownTypes[Int(input.node)]![Int(input.output)] = type
      let place = Int(places[Int(input.node)])
      graph.nodes[place].outputs[Int(input.output)].dataType = type
    }
  }
}
