import GraphIR

/// The list of a graph's nodes in parts, for a text that holds some of them.
package struct GraphListing {
  /// What the list says of the graph as a whole, as comments.
  package let header: [String]
  private let text: GraphText
  private let graph: FrozenGraph

  /// The list of a graph's nodes.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - name: What the text calls it.
  ///   - file: The file that it was read from.
  package init(_ graph: FrozenGraph, name: String, file: GraphFile? = nil) {
    var text = GraphText(graph, name: name)
    if let file { text.describe(file) }
    self.text = text
    self.graph = graph
    header = text.header
  }

  /// A node as the list shows it, on one line.
  package func line(at position: Int) -> String { text.lineText(text.lines[position]) }

  /// The types of a node's outputs, cut short where they are many; empty for none.
  package func types(at position: Int) -> String { singleLine(text.comment(text.lines[position])) }

  /// What a file says of a node beyond its operator, as `device: "/cpu:0"`.
  package func remarks(at position: Int) -> [String] {
    guard let annotations = graph.nodes[position].annotations else { return [] }
    var remarks = sortedByBytes(annotations.attributes).compactMap { name, value in
      name.hasPrefix("_") || value.isLikelyDefault ? nil : "\(name): \(value.text)"
    }
    if !annotations.device.isEmpty { remarks.insert("device: \(annotations.device)", at: 0) }
    return remarks.map(singleLine)
  }
}
