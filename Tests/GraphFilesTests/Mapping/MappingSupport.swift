import GraphFiles
import GraphIR
import Operators
import Tensors

/// A graph from the records of nodes.
func map(
  _ nodes: [NodeRecord], producer: Int32 = 2474, limits: GraphLimits = GraphLimits()
) throws -> FrozenGraph {
  try map(graphFile(nodes, producer: producer), limits: limits)
}

func map(_ file: GraphFile, limits: GraphLimits = GraphLimits()) throws -> FrozenGraph {
  try FrozenGraph(file, registry: .standard, name: "m.pb", limits: limits)
}

func graphFile(_ nodes: [NodeRecord], producer: Int32 = 2474) -> GraphFile {
  var file = GraphFile(nodes: nodes)
  file.versions = VersionsRecord(producer: producer)
  return file
}

/// The records of a graph that begins with a placeholder 'x' and a constant 'c', both `Float32`.
func nodes(_ further: NodeRecord...) -> [NodeRecord] {
  [placeholder("x", [2, 3]), constant("c", Tensor(Float(2)))] + further
}

func placeholder(_ name: String, _ shape: Shape, _ type: DataType = .float32) -> NodeRecord {
  NodeRecord(
    name: name, op: "Placeholder",
    attributes: ["dtype": .type(type.rawValue), "shape": .shape(shape)])
}

func constant(_ name: String, _ value: Tensor) -> NodeRecord {
  NodeRecord(
    name: name, op: "Const",
    attributes: ["dtype": .type(value.dataType.rawValue), "value": .tensor(.value(value))])
}

func node(
  _ name: String, _ op: String, _ inputs: [String] = [], _ type: DataType? = .float32,
  _ attributes: [String: AttributeRecord] = [:]
) -> NodeRecord {
  var attributes = attributes
  if let type { attributes["T"] = .type(type.rawValue) }
  return NodeRecord(name: name, op: op, inputs: inputs, attributes: attributes)
}

extension FrozenGraph {
  /// The node of that name.
  func node(_ name: String) -> Node? { nodes.first { $0.name == name } }
}
