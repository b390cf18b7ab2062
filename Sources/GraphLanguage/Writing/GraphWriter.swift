import GraphFiles
import GraphIR
import Operators
import Tensors

extension FrozenGraph {
  /// The graph in the `.graph` language, a statement for each node.
  ///
  /// ```
  /// // derivative.pb: 6 nodes, 2 constants of 16 bytes
  /// // operators: 3 Mul, …
  ///
  /// placeholder x: Float64
  /// let Const: Float64 = 2.0
  /// let Mul = Const * x  // Float64
  /// …
  ///
  /// output y
  /// ```
  /// Compiling the text gives the same graph: the same nodes in the same order with their names,
  /// operators, attributes and inputs, and the same outputs and targets. A node that the language
  /// cannot express, as one of an unknown operator, stands in a comment that says why, as do those
  /// that read it; so do what a file says of a node beyond its operator and the parameters that
  /// the graph was built with.
  ///
  /// - Parameters:
  ///   - registry: The functions of the language.
  ///   - name: What the text calls the graph.
  ///   - file: The file that the graph was read from, to be described at the top.
  ///   - limit: The most elements of a constant that are written out. With it, long constants are
  ///     shortened for reading, and the text says at the top that it no longer compiles.
  public func languageText(
    registry: OperatorRegistry = .graphLanguage, name: String = "graph", file: GraphFile? = nil,
    elidingConstantsAbove limit: Int? = nil
  ) -> String {
    var writer = GraphWriter(
      self, registry, GraphListing(self, name: name, file: file), limit: limit)
    return writer.run()
  }
}

/// Writes a graph as statements of the language.
struct GraphWriter {
  private let graph: FrozenGraph
  private let registry: OperatorRegistry
  private let listing: GraphListing
  private let limit: Int?
  private var nodeText: NodeText

  /// Whether each node stands in a statement, not in a comment.
  private var isWritten: [Bool]
  /// How often each node is read, waited for or declared.
  private var useCounts: [Int]
  private var statements: [String] = []
  private var elidedCount = 0

  init(
    _ graph: FrozenGraph, _ registry: OperatorRegistry, _ listing: GraphListing, limit: Int?
  ) {
    self.graph = graph
    self.registry = registry
    self.listing = listing
    self.limit = limit
    nodeText = NodeText(graph, registry)
    isWritten = [Bool](repeating: false, count: graph.nodes.count)
    useCounts = [Int](repeating: 0, count: graph.nodes.count)
    for node in graph.nodes {
      for input in node.inputs { useCounts[input.nodeIndex] += 1 }
      for control in node.controlInputs { useCounts[Int(control)] += 1 }
    }
    for output in graph.interface.outputs { useCounts[output.endpoint.nodeIndex] += 1 }
    for target in graph.interface.targets { useCounts[target.node] += 1 }
  }

  /// The text, which ends in a line break.
  mutating func run() -> String {
    for position in graph.nodes.indices { write(position) }
    let results = ResultText(graph, nodeText, isWritten).statements
    var blocks = [listing.header + remarks, statements, results]
    blocks.removeAll(where: \.isEmpty)
    let text = blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    guard text.utf8.count > SourceFile.maximumSize else { return text }
    return "// This text is larger than the \(SourceFile.maximumSize >> 20) MiB that graphc"
      + " reads; long constants can be shortened.\n" + text
  }

  /// What is to be said of the text as a whole.
  private var remarks: [String] {
    var remarks: [String] = []
    let missing = isWritten.count { !$0 }
    if missing > 0 {
      remarks.append(
        "// The language cannot express \(missing) of the nodes, which stand in comments.")
    }
    if elidedCount > 0 {
      remarks.append(
        "// Constants are shortened, marked with …, so that this text does not compile.")
    }
    for parameter in graph.interface.parameters {
      remarks.append(singleLine("// built with \(parameter.name) = \(parameter.value)"))
    }
    return remarks
  }

  // MARK: - Nodes

  private mutating func write(_ position: Int) {
    // The default of a placeholder has been written with it.
    if isWritten[position] { return }
    do throws(NodeText.Reason) {
      try checkCanStand(position)
      let statement = try statement(position)
      isWritten[position] = true
      statements.append(statement + comment(position))
    } catch {
      statements.append("// \(singleLine(error.text)): \(listing.line(at: position))")
    }
  }

  private func checkCanStand(_ position: Int) throws(NodeText.Reason) {
    let node = graph.nodes[position]
    if node.operation is OpaqueOperator || registry.operator(named: node.operatorName) == nil {
      throw NodeText.Reason(text: "unknown operator")
    }
    guard isNodeName(node.name), node.name.utf8.count <= Elaborator.nameLimit else {
      throw NodeText.Reason(text: "the name cannot be declared")
    }
    for input in node.inputs.map(\.nodeIndex) + node.controlInputs.map(Int.init)
    where !isWritten[input] {
      throw NodeText.Reason(text: "depends on '\(graph.nodes[input].name)'")
    }
    if Set(node.controlInputs).count < node.controlInputs.count {
      throw NodeText.Reason(text: "waits for a node twice")
    }
  }

  private mutating func statement(_ position: Int) throws(NodeText.Reason) -> String {
    let node = graph.nodes[position]
    let name = NodeText.name(node.name)
    let isCall = !node.controlInputs.isEmpty
    if let constant = node.operation.constantValue {
      if let whole = placeholderWithConstant(position, constant) { return whole }
      let text = ConstantText(constant, isCall: isCall, elidingAbove: limit)
      if text.isElided { elidedCount += 1 }
      let type = text.needsType ? ": \(constant.type)" : ""
      let layout =
        isCall && !text.isElided ? text.layout.adding(nodeText.order(of: node)) : text.layout
      return assigned("let \(name)\(type) = ", layout)
    }
    if !isCall, node.operation is Placeholder {
      return attributes(position) + "placeholder \(name): \(node.outputs[0])"
    }
    if !isCall, node.operation is PlaceholderWithDefault {
      return attributes(position)
        + "placeholder \(name): \(node.outputs[0]) = \(nodeText.reference(node.inputs[0]))"
    }
    return assigned("let \(name) = ", try nodeText.expression(of: node))
  }

  private func assigned(_ head: String, _ layout: TextLayout) -> String {
    head + layout.rendered(after: head.count)
  }

  /// The statement of the placeholder that follows a constant which is its default, and named and
  /// read accordingly.
  private mutating func placeholderWithConstant(_ position: Int, _ constant: Tensor) -> String? {
    let next = position + 1
    guard next < graph.nodes.count, useCounts[position] == 1,
      case let (node, placeholder) = (graph.nodes[position], graph.nodes[next]),
      placeholder.operation is PlaceholderWithDefault,
      placeholder.inputs == [Endpoint(node: position)],
      node.name == placeholder.name + "/default",
      node.controlInputs.isEmpty, placeholder.controlInputs.isEmpty,
      isNodeName(placeholder.name)
    else { return nil }
    let text = ConstantText(constant, elidingAbove: limit)
    guard text.needsType, !text.isElided else { return nil }
    isWritten[next] = true
    return attributes(next)
      + assigned(
        "placeholder \(NodeText.name(placeholder.name)): \(placeholder.outputs[0]) = ", text.layout)
  }

  /// What is declared of a placeholder, on lines before its statement.
  private func attributes(_ position: Int) -> String {
    graph.attributeTexts(of: Endpoint(node: position)).map { $0 + "\n" }.joined()
  }

  /// The types of a node, and what a file says of it, behind its statement.
  private func comment(_ position: Int) -> String {
    let node = graph.nodes[position]
    let isDeclared =
      node.operation.constantValue != nil || node.operation is Placeholder
      || node.operation is PlaceholderWithDefault
    let types = isDeclared ? "" : listing.types(at: position)
    let parts = ([types] + listing.remarks(at: position)).filter { !$0.isEmpty }
    return parts.isEmpty ? "" : "  // " + parts.joined(separator: "; ")
  }
}

extension TextLayout {
  /// The group with further parts.
  fileprivate func adding(_ more: [TextLayout]) -> TextLayout {
    guard case .group(let opening, let parts, let closing) = self else { return self }
    return .group(opening, parts + more, closing)
  }
}
