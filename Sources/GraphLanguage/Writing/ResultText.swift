import GraphFiles
import GraphIR

/// Writes what a graph declares: its outputs and targets.
struct ResultText {
  private struct Result {
    var name: String
    var node: Int
    var value: String
    /// What is declared of it, a line each.
    var attributes: [String] = []
  }

  private let graph: FrozenGraph
  private let isWritten: [Bool]
  /// The statements that declare the results, in their order.
  private(set) var statements: [String] = []

  /// - Parameter isWritten: Whether each node stands in a statement, so that it can be declared.
  init(_ graph: FrozenGraph, _ nodeText: NodeText, _ isWritten: [Bool]) {
    self.graph = graph
    self.isWritten = isWritten
    write(
      "output",
      graph.interface.outputs.map { output in
        Result(
          name: output.name, node: output.endpoint.nodeIndex,
          value: nodeText.reference(output.endpoint),
          attributes: graph.isFed(output.endpoint)
            ? [] : graph.attributeTexts(of: output.endpoint))
      })
    write(
      "target",
      graph.interface.targets.map { target in
        let node = graph.nodes[target.node]
        return Result(
          name: target.name, node: target.node,
          value: node.outputs.isEmpty
            ? NodeText.name(node.name) : nodeText.reference(Endpoint(node: target.node)))
      })
  }

  /// Adds statements; results that are named after their nodes share one.
  private mutating func write(_ keyword: String, _ results: [Result]) {
    var seen: Set<String> = []
    var isOpen = false
    for result in results {
      let name = NodeText.name(result.name)
      let attributes = result.attributes.map { $0 + "\n" }.joined()
      let isNew = seen.insert(result.name).inserted
      if let reason = fault(result, isNew: isNew) {
        statements.append(
          singleLine("// \(reason): \(keyword) \(result.name) = \(result.value)"))
        isOpen = false
      } else if graph.nodes[result.node].name == result.name, result.value == name {
        if isOpen, result.attributes.isEmpty,
          statements.last!.count + name.count + 2 <= TextLayout.lineColumns
        {
          statements[statements.count - 1] += ", \(name)"
        } else {
          statements.append("\(attributes)\(keyword) \(name)")
        }
        isOpen = result.attributes.isEmpty
      } else {
        statements.append(
          "\(attributes)\(keyword) \(textLiteral(result.name)) = \(result.value)")
        isOpen = false
      }
    }
  }

  /// Why a result cannot be declared.
  private func fault(_ result: Result, isNew: Bool) -> String? {
    if !isWritten[result.node] { return "depends on '\(graph.nodes[result.node].name)'" }
    if !isNew { return "declared twice" }
    let isName = (1...Elaborator.nameLimit).contains(result.name.utf8.count)
    return isName ? nil : "the name cannot be declared"
  }
}
