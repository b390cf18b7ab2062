import GraphFiles
import GraphIR
import GraphLanguage
import Tensors
import Testing

/// Compiles the text of a graph, and checks that the result is the graph again.
@discardableResult
func expectSameGraph(
  _ graph: FrozenGraph, _ sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws -> String {
  let text = graph.languageText()
  let source = SourceFile(name: "model.graph", text: text)
  let again = try GraphCompiler().compile(source).frozen()
  #expect(again.nodes.map(\.name) == graph.nodes.map(\.name), sourceLocation: sourceLocation)
  #expect(again.nodes.map(\.outputs) == graph.nodes.map(\.outputs), sourceLocation: sourceLocation)
  let (records, expected) = (try GraphFile(again), try GraphFile(graph))
  for (record, wanted) in zip(records.nodes, expected.nodes) {
    #expect(record == wanted, sourceLocation: sourceLocation)
  }
  #expect(records.signature == expected.signature, sourceLocation: sourceLocation)
  #expect(try source.formatted() == text, sourceLocation: sourceLocation)
  return text
}

extension String {
  /// The text without the comments at its top.
  var withoutHeader: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0.hasPrefix("//") }.dropFirst().joined(separator: "\n")
  }
}
