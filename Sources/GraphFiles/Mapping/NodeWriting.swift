import GraphIR
import Tensors

/// Turns the nodes of a graph into records.
struct NodeWriter {
  private let graph: FrozenGraph
  private var descriptions: [ObjectIdentifier: OperatorDescription] = [:]
  /// The interface as private attributes, by the position of the node.
  private let declarations: [Int: [String: AttributeRecord]]

  init(_ graph: FrozenGraph) {
    self.graph = graph
    declarations = PrivateDeclarations.attributes(for: graph.interface)
  }

  /// The record of a node, attributes of types and counts included.
  ///
  /// - Throws: `GraphError` that names the node.
  mutating func record(at position: Int) throws -> NodeRecord {
    let node = graph.nodes[position]
    var inputs = node.inputs.map { graph.name(of: $0) }
    inputs += node.controlInputs.map { "^" + graph.nodes[Int($0)].name }
    do {
      var attributes = try attributes(of: node)
      if let private_ = declarations[position] {
        attributes.merge(private_) { _, new in new }
      }
      return NodeRecord(
        name: node.name, op: node.operatorName, inputs: inputs,
        device: node.annotations?.device ?? "", attributes: attributes)
    } catch {
      throw GraphError(
        "node '\(node.name)' (\(node.operatorName)): \(error)", at: node.origin.location)
    }
  }

  private mutating func attributes(of node: Node) throws -> [String: AttributeRecord] {
    var result: [String: AttributeRecord] = [:]
    for (name, value) in node.annotations?.attributes ?? [:] {
      result[name] = try record(name, value)
    }
    if let unknown = node.operation as? OpaqueOperator {
      for (name, value) in unknown.storedAttributes { result[name] = try record(name, value) }
      return result
    }
    for (name, value) in node.operation.attributeValues {
      result[name] = try record(name, value)
    }
    let description = description(of: node.operation)
    for name in description.typeNames {
      if let type = type(of: name, node, description.signature) {
        result[name] = .type(type.rawValue)
      }
    }
    let signature = description.signature
    if let name = description.outputCountName,
      let count = Signature.listLength(signature.outputs, node.outputs.count)
    {
      result[name] = .integer(Int64(count))
    }
    if let name = description.inputCountName,
      let count = signature.listLength(inputCount: node.inputs.count)
    {
      result[name] = .integer(Int64(count))
    }
    for name in description.typeListNames {
      var list = AttributeListRecord()
      list.types = typeList(name, node, signature).map(\.rawValue)
      result[name] = .list(list)
    }
    return result
  }

  private func record(_ name: String, _ value: AttributeValue) throws -> AttributeRecord {
    do {
      return try AttributeRecord(value)
    } catch {
      throw ShapeError("attribute \(name) \(error)")
    }
  }

  /// The type that a variable has at a node; `nil` when no input and no output tells it.
  private func type(of variable: String, _ node: Node, _ signature: Signature) -> DataType? {
    for (number, input) in node.inputs.enumerated()
    where signature.input(number, of: node.inputs.count)?.type == .variable(variable) {
      return graph.type(of: input).dataType
    }
    for (number, output) in node.outputs.enumerated()
    where signature.output(number, of: node.outputs.count)?.type == .variable(variable) {
      return output.dataType
    }
    return nil
  }

  /// The types that a list of them has at a node.
  private func typeList(_ variable: String, _ node: Node, _ signature: Signature) -> [DataType] {
    node.inputs.enumerated().compactMap { number, input in
      signature.input(number, of: node.inputs.count)?.type == .list(variable)
        ? graph.type(of: input).dataType : nil
    }
  }

  private mutating func description(of operation: any Operator) -> OperatorDescription {
    let type = Swift.type(of: operation)
    if let known = descriptions[ObjectIdentifier(type)] { return known }
    let result = OperatorDescription(type)
    descriptions[ObjectIdentifier(type)] = result
    return result
  }
}

extension PrivateDeclarations {
  /// The interface as attributes, by the position of the node that each stands on.
  static func attributes(for interface: GraphInterface) -> [Int: [String: AttributeRecord]] {
    var outputs: [Int: [String]] = [:]
    for (position, output) in interface.outputs.enumerated() {
      outputs[output.endpoint.nodeIndex, default: []]
        .append("\(position):\(output.endpoint.output):\(output.name)")
    }
    var targets: [Int: [String]] = [:]
    for (position, target) in interface.targets.enumerated() {
      targets[target.node, default: []].append("\(position):\(target.name)")
    }
    var result: [Int: [String: AttributeRecord]] = [:]
    for (node, texts) in outputs { result[node, default: [:]][outputsName] = list(texts) }
    for (node, texts) in targets { result[node, default: [:]][targetsName] = list(texts) }
    let first = interface.outputs.first?.endpoint.nodeIndex ?? interface.targets.first?.node ?? 0
    if !interface.parameters.isEmpty {
      result[first, default: [:]][parametersName] =
        list(interface.parameters.map { "\($0.name)=\($0.value)" })
    }
    return result
  }

  private static func list(_ texts: [String]) -> AttributeRecord {
    var list = AttributeListRecord()
    list.bytes = texts.map { Array($0.utf8) }
    return .list(list)
  }
}
