import GraphIR
import Tensors

// The second half of mapping: edges, types and shapes, in the order of the graph.

extension GraphMapper {
  /// The most dimensions that a tensor may have, in TensorFlow as well.
  private static let maximumRank = 254
  /// The most elements of an input that shapes depend on.
  private static let maximumShapeElements = 1 << 16

  /// Appends a node of the file to the graph, or notes what is wrong with it.
  ///
  /// A node that depends on a wrong one is left out without a fault of its own.
  mutating func place(_ position: Int) {
    guard let node = mapped[position] else { return }
    let record = file.nodes[position]
    let origin = origins.origin(of: record.name)
    var result = Node(
      name: record.name, operation: node.operation, outputs: [], origin: origin,
      annotations: node.annotations)
    do {
      guard try connect(&result, position) else { return }
      if let description = node.description {
        adaptUnknownInputs(of: node, at: position)
        result.outputs = try types(of: result, node, description)
      } else {
        result.outputs = outputs(ofUnknown: position)
      }
      places[position] = Int32(graph.nodes.count)
      graph.nodes.append(result)
    } catch {
      faults.add(
        "\(error)", node: record, at: origin.location, note: (error as? ShapeError)?.suggestion)
    }
  }

  /// Sets the inputs of a node; gives `false` when one of them begins at a wrong node.
  private func connect(_ result: inout Node, _ position: Int) throws -> Bool {
    // Collected first: a node is a value, so that each change of it is a copy.
    var inputs: [Endpoint] = []
    var controlInputs: [Int32] = []
    for (number, input) in wiring.inputs(of: position).enumerated() {
      let place = places[Int(input.node)]
      guard place >= 0 else { return false }
      if input.isControl {
        controlInputs.append(place)
        continue
      }
      let source = graph.nodes[Int(place)]
      guard Int(input.output) < source.outputs.count else {
        let count = source.outputs.count
        throw ShapeError(
          "input \(number) is '\(file.nodes[position].inputs[number])', but '\(source.name)' "
            + "(\(source.operatorName)) has \(count == 0 ? "no outputs" : counted(count, "output"))"
        )
      }
      inputs.append(Endpoint(node: Int(place), output: Int(input.output)))
    }
    result.inputs = inputs
    result.controlInputs = controlInputs
    return true
  }

  /// The types of a known operator's outputs, once all that the node states is found right.
  private func types(
    of result: Node, _ node: MappedNode, _ description: OperatorDescription
  ) throws -> [TensorType] {
    for input in description.shapeInputs(result.inputs.count) {
      let count = graph.constant(result.inputs[input])?.elementCount ?? 0
      guard count <= Self.maximumShapeElements else {
        throw ShapeError(
          "\(description.signature.input(input, of: result.inputs.count)?.displayName ?? "an input") holds \(count) numbers"
            + " that the shape depends on, but at most \(Self.maximumShapeElements) are possible")
      }
    }
    let outputs = try graph.outputTypes(of: result)
    try graph.checkVariables(of: type(of: result.operation), result.inputs)
    for output in outputs {
      guard let rank = output.shape.rank, rank > Self.maximumRank else { continue }
      throw ShapeError(
        "the result has \(rank) dimensions, but at most \(Self.maximumRank) are possible")
    }
    for (name, type) in node.types {
      guard let (label, actual) = bound(name, result, outputs, description.signature),
        actual.dataType != type
      else { continue }
      throw ShapeError("attribute \(name) is \(type), but \(label) is \(actual)")
    }
    for (name, count) in node.counts {
      let signature = description.signature
      let members = signature.listLength(inputCount: result.inputs.count)
      if name == description.inputCountName, let members, count != members {
        let list = signature.inputs.first { $0.countAttribute == name }
        throw ShapeError(
          "attribute \(name) is \(count), but "
            + "\(list?.displayName ?? "the list") has \(counted(members, "member"))")
      }
      let outputCount = Signature.listLength(signature.outputs, outputs.count)
      if name == description.outputCountName, let outputCount, count != outputCount {
        throw ShapeError(
          "attribute \(name) is \(count), but there are \(counted(outputCount, "output"))")
      }
    }
    return outputs
  }

  /// The first input or output whose type a variable is, and what it is called.
  private func bound(
    _ variable: String, _ node: Node, _ outputs: [TensorType], _ signature: Signature
  ) -> (label: String, type: TensorType)? {
    for (number, input) in node.inputs.enumerated() {
      guard let parameter = signature.input(number, of: node.inputs.count),
        parameter.type == .variable(variable)
      else {
        continue
      }
      return (parameter.displayName, graph.type(of: input))
    }
    for (number, type) in outputs.enumerated() {
      guard let parameter = signature.output(number, of: outputs.count),
        parameter.type == .variable(variable)
      else { continue }
      return (parameter.name, type)
    }
    return nil
  }
}
