import GraphIR
import Tensors

extension GraphFile {
  /// The graph for people to read, a line a node, in the spirit of the `.graph` language.
  ///
  /// ```
  /// // derivative.pb: 4 nodes, produced by version 2474
  /// // operators: 2 Mul, 1 Placeholder, 1 Sin
  ///
  /// placeholder x: Float64
  ///
  /// Sin = Sin(x)       // Float64
  /// Mul = Mul(x, Sin)  // Float64
  /// y   = Mul(x, Mul)  // Float64
  ///
  /// output y = y
  /// ```
  /// A file whose nodes do not go together is shown as well, in the order of the file and without
  /// the types that would follow, under a remark of what is wrong.
  ///
  /// - Parameters:
  ///   - registry: The operators that are known.
  ///   - name: What the text calls the file.
  ///   - limits: What the graph may ask for.
  public func graphText(
    registry: OperatorRegistry, name: String, limits: GraphLimits = GraphLimits()
  ) -> String {
    var text: GraphText
    do {
      text = GraphText(
        try FrozenGraph(self, registry: registry, name: name, limits: limits), name: name)
    } catch {
      text = GraphText(self, registry: registry, name: name)
      text.remarks += "\(error)".split(separator: "\n").map(String.init)
    }
    text.describe(self)
    return text.rendered()
  }
}

extension FrozenGraph {
  /// The graph for people to read, a line a node, in the spirit of the `.graph` language.
  ///
  /// - Parameter name: What the text calls the graph.
  public func graphText(name: String = "graph") -> String {
    GraphText(self, name: name).rendered()
  }
}

/// What the text of a graph says, before it is laid out.
struct GraphText {
  /// A node as the text shows it.
  struct Line {
    var name: String
    var operation: String
    var inputs: [String]
    /// The attributes that are worth showing, by label.
    var attributes: [(label: String, text: String)] = []
    var controlInputs: [String] = []
    /// What is known of the outputs; `nil` when nothing is.
    var types: [TensorType]?
    /// The value of a constant.
    var constant: Tensor?
    var isPlaceholder = false
    var isUnknown = false
  }

  let name: String
  var lines: [Line] = []
  /// What the first line says of the file as a whole.
  var facts: [String] = []
  /// What is wrong with the file.
  var remarks: [String] = []
  /// The declared outputs, targets and parameters, as lines.
  var interface: [String] = []
  /// Nodes whose outputs nothing uses, where no outputs are declared.
  var ends: [String] = []

  /// The text of a graph.
  init(_ graph: FrozenGraph, name: String) {
    self.name = name
    var isUsed = [Bool](repeating: false, count: graph.nodes.count)
    for node in graph.nodes {
      lines.append(Self.line(node, graph))
      for input in node.inputs { isUsed[input.nodeIndex] = true }
      for control in node.controlInputs { isUsed[Int(control)] = true }
    }
    for output in graph.interface.outputs {
      interface.append("output \(output.name) = \(graph.name(of: output.endpoint))")
    }
    for target in graph.interface.targets {
      interface.append("target \(target.name) = \(graph.nodes[target.node].name)")
    }
    for parameter in graph.interface.parameters {
      interface.append("parameter \(parameter.name) = \(parameter.value)")
    }
    if graph.interface.outputs.isEmpty {
      ends = graph.nodes.indices.filter { !isUsed[$0] && !graph.nodes[$0].outputs.isEmpty }
        .map { graph.nodes[$0].name }
    }
  }

  private static func line(_ node: Node, _ graph: FrozenGraph) -> Line {
    var line = Line(
      name: node.name, operation: node.operatorName,
      inputs: node.inputs.map { graph.name(of: $0) }, types: node.outputs)
    line.controlInputs = node.controlInputs.map { graph.nodes[Int($0)].name }
    line.constant = node.operation.constantValue
    line.isPlaceholder = node.isFed && line.inputs.isEmpty && line.controlInputs.isEmpty
    if let unknown = node.operation as? OpaqueOperator {
      line.isUnknown = true
      line.attributes = sortedByBytes(unknown.storedAttributes).filter { name, value in
        value != .bytes([]) && !(name == "T" && value == .type(node.outputs[0].dataType))
      }.map { ($0.key, $0.value.text) }
    } else if !line.isPlaceholder, line.constant == nil {
      line.attributes = changedAttributes(node.operation)
    }
    let further = node.annotations?.attributes ?? [:]
    line.attributes += sortedByBytes(further).filter { name, value in
      !name.hasPrefix("_") && !value.isLikelyDefault
    }.map { ($0.key, $0.value.text) }
    return line
  }

  /// The attributes whose values are not the default ones, by their labels in calls.
  private static func changedAttributes<Op: Operator>(
    _ operation: Op
  ) -> [(label: String, text: String)] {
    let defaults = Op()
    return Op.attributes.compactMap { attribute in
      let value = attribute.get(operation)
      guard value != attribute.get(defaults) else { return nil }
      let choice = attribute.choices.first { $0.value == value }
      return (attribute.label ?? attribute.name, choice.map { ".\($0.name)" } ?? value.text)
    }
  }

  /// Adds what a file says beyond its nodes.
  mutating func describe(_ file: GraphFile) {
    facts.append("produced by version \(file.versions?.producer ?? file.legacyProducer)")
    if !file.library.isEmpty {
      facts.append("a library of functions of \(sizeText(file.library.count))")
    }
    if file.nodesChangedSinceWritten {
      remarks.append("another program has changed the nodes since StaticGraph wrote them")
    }
  }

  /// The text of records that do not make a graph.
  init(_ file: GraphFile, registry: OperatorRegistry, name: String) {
    self.name = name
    for node in file.nodes { lines.append(Self.line(node, registry)) }
    guard let signature = file.signature else { return }
    for output in signature.outputs {
      let number = output.output == 0 ? "" : ":\(output.output)"
      interface.append("output \(output.name) = \(output.node)\(number)")
    }
    for target in signature.targets { interface.append("target \(target.name) = \(target.node)") }
    for parameter in signature.parameters {
      interface.append("parameter \(parameter.name) = \(parameter.value)")
    }
  }

  private static func line(_ node: NodeRecord, _ registry: OperatorRegistry) -> Line {
    var line = Line(
      name: node.name, operation: node.op, inputs: node.inputs.filter { !$0.hasPrefix("^") })
    line.controlInputs = node.inputs.filter { $0.hasPrefix("^") }.map { String($0.dropFirst()) }
    line.isUnknown = registry.operator(named: node.op) == nil
    if case .tensor(.value(let tensor)) = node.attributes["value"], node.op == "Const" {
      line.constant = tensor
      line.types = [tensor.type]
      return line
    }
    for (name, stored) in sortedByBytes(node.attributes) where !name.hasPrefix("_") {
      let value = try? AttributeValue(stored)
      line.attributes.append((name, value?.text ?? "…"))
    }
    return line
  }
}
