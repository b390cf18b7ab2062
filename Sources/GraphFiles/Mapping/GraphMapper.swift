import GraphIR
import Tensors

extension FrozenGraph {
  /// The graph that a file holds.
  ///
  /// Nodes may stand in any order in the file; here each comes after those that it depends on. An
  /// operator that the registry does not have becomes an `OpaqueOperator`, as does one whose
  /// types this engine has no tensors of. It has as many outputs as the file refers to, at least
  /// one, of the types that their readers state and of unknown shapes. Attributes that an operator
  /// does not declare are kept as annotations of its node.
  ///
  /// A file that was produced by version 21 or earlier has placeholders of unknown shape where
  /// later ones have scalars.
  ///
  /// - Parameters:
  ///   - file: The records of a file.
  ///   - registry: The operators to find.
  ///   - name: What messages call the file.
  ///   - limits: What the graph may ask for.
  /// - Throws: `GraphError` that names file and node, with at most twenty faults at once.
  public init(
    _ file: GraphFile, registry: OperatorRegistry, name: String,
    limits: GraphLimits = GraphLimits()
  ) throws {
    guard file.nodes.count <= min(limits.nodeCount, Int(Int32.max)) else {
      throw GraphError(
        "\(name): the graph has \(file.nodes.count) nodes; the limit is \(limits.nodeCount)")
    }
    let wiring = try GraphWiring(file, name: name)
    let order = try wiring.order(file, name: name)
    var mapper = GraphMapper(file, wiring, registry, name: name, limits: limits)
    self = try mapper.map(order)
  }
}

/// Turns the records of a file into the nodes of a graph.
struct GraphMapper {
  /// A node before its place and its types are known.
  struct MappedNode {
    var operation: any Operator
    var annotations: NodeAnnotations?
    /// The types that the node states in attributes beyond the declared ones.
    var types: [(name: String, type: DataType)] = []
    /// The numbers of inputs and outputs that the node states.
    var counts: [(name: String, count: Int64)] = []
    /// `nil` for an operator that is not known here.
    var description: OperatorDescription?
  }

  let file: GraphFile
  let wiring: GraphWiring
  let registry: OperatorRegistry
  let producer: Int32
  let origins: OriginTable
  var faults: FaultList
  /// The nodes by their position in the file; `nil` for one that is wrong.
  var mapped: [MappedNode?] = []
  /// The types of an unknown operator's outputs, as far as they are known.
  var unknownTypes: [Int: [DataType?]] = [:]
  var unknownOutputCount = 0
  /// What private attributes declare, as a stand-in for a signature.
  var declarations = PrivateDeclarations()
  /// The position in the graph of each node of the file; −1 for one that is wrong.
  var places: [Int32] = []
  var graph: FrozenGraph
  private var descriptions: [String: OperatorDescription?] = [:]

  init(
    _ file: GraphFile, _ wiring: GraphWiring, _ registry: OperatorRegistry, name: String,
    limits: GraphLimits
  ) {
    self.file = file
    self.wiring = wiring
    self.registry = registry
    producer = file.versions?.producer ?? file.legacyProducer
    origins = OriginTable(file.debugInfo)
    faults = FaultList(file: name)
    graph = FrozenGraph(limits: limits)
  }

  /// The graph whose nodes stand in the given order.
  mutating func map(_ order: [Int]) throws -> FrozenGraph {
    mapped.reserveCapacity(order.count)
    for position in file.nodes.indices {
      if faults.isFull { break }
      mapped.append(mapOperator(at: position))
    }
    if faults.isFull { try faults.throwIfAny() }
    try findTypesOfUnknownOutputs()
    places = [Int32](repeating: -1, count: order.count)
    graph.nodes.reserveCapacity(order.count)
    for position in order {
      if faults.isFull { break }
      place(position)
    }
    mapInterface()
    try faults.throwIfAny()
    return graph
  }

  /// What the registry's operator of that name takes; `nil` when it has none.
  mutating func description(of name: String) -> OperatorDescription? {
    if let known = descriptions[name] { return known }
    let result = registry.operator(named: name).map(OperatorDescription.init)
    descriptions[name] = .some(result)
    return result
  }
}

// MARK: - Operators and attributes

extension GraphMapper {
  private mutating func mapOperator(at position: Int) -> MappedNode? {
    let record = file.nodes[position]
    do {
      let known = description(of: record.op).flatMap { $0.isForeign(record) ? nil : $0 }
      guard let known else { return try unknownNode(at: position) }
      return try knownNode(at: position, known)
    } catch {
      faults.add("\(error)", node: record, at: origins.origin(of: record.name).location)
      return nil
    }
  }

  private mutating func knownNode(
    at position: Int, _ description: OperatorDescription
  ) throws -> MappedNode {
    let record = file.nodes[position]
    var result = MappedNode(operation: description.prototype, description: description)
    var others: [String: AttributeValue] = [:]
    for (name, stored) in sortedByBytes(record.attributes) {
      let template = description.defaults[name]
      let value = try convert(stored, name, of: record, like: template)
      if let template {
        try set(name, value, &result.operation, template)
      } else if description.typeListNames.contains(name) {
        continue
      } else if description.typeNames.contains(name) {
        guard case .type(let type) = value else {
          throw ShapeError("attribute \(name) must be a type, but it is \(value.summary)")
        }
        result.types.append((name, type))
      } else if name == description.inputCountName || name == description.outputCountName {
        guard case .integer(let count) = value else {
          throw ShapeError("attribute \(name) must be an integer, but it is \(value.summary)")
        }
        result.counts.append((name, count))
      } else if !declarations.take(name, value, at: position) {
        others[name] = value
      }
    }
    if let missing = description.requiredNames.first(where: { record.attributes[$0] == nil }) {
      throw ShapeError("attribute \(missing) is missing")
    }
    result.annotations = annotations(record, others)
    return result
  }

  private mutating func unknownNode(at position: Int) throws -> MappedNode {
    let record = file.nodes[position]
    var own: [String: AttributeValue] = [:]
    var others: [String: AttributeValue] = [:]
    for (name, stored) in sortedByBytes(record.attributes) {
      let value = try convert(stored, name, of: record, like: nil)
      if declarations.take(name, value, at: position) { continue }
      if name.hasPrefix("_") { others[name] = value } else { own[name] = value }
    }
    return MappedNode(
      operation: OpaqueOperator(wireName: record.op, attributes: own),
      annotations: annotations(record, others))
  }

  private func annotations(
    _ record: NodeRecord, _ attributes: [String: AttributeValue]
  ) -> NodeAnnotations? {
    guard !record.device.isEmpty || !attributes.isEmpty else { return nil }
    return NodeAnnotations(device: record.device, attributes: attributes)
  }

  private func convert(
    _ stored: AttributeRecord, _ name: String, of record: NodeRecord, like template: AttributeValue?
  ) throws -> AttributeValue {
    if record.op == "Placeholder", name == "shape", producer <= 21, stored == .shape(.scalar) {
      return .shape(.unknown)
    }
    do {
      return try AttributeValue(stored, like: template)
    } catch {
      throw ShapeError("attribute \(name) \(error)")
    }
  }

  private func set(
    _ name: String, _ value: AttributeValue, _ operation: inout any Operator,
    _ template: AttributeValue
  ) throws {
    do {
      _ = try operation.setAttribute(name, value)
    } catch {
      let kind = attributeKind(operation, name) ?? template.kind
      throw ShapeError("attribute \(name) must be \(kind), but it is \(value.summary)")
    }
  }
}
