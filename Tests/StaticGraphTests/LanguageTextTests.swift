import Foundation
import StaticGraph
import Testing

/// Graphs turned into text and compiled again.
@Suite struct LanguageTextTests {
  private static let graphs: [String] = {
    let folder = RealGraphTests.root.appendingPathComponent("Graphs").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".graph") }.sorted().map { "\(folder)/\($0)" }
  }()

  private static let files: [String] = [
    "addition", "fc-layers", "lenet5", "lstm", "mnist_cnn", "multiplication", "regression_training",
  ].flatMap { name in
    ["model.pb", "graph.pbtxt"].compactMap { file in
      RealGraphTests.file("tf1/\(name)/\(file)")?.path
    }
  }

  /// The graph that the text of a graph compiles to.
  private func again(_ graph: FrozenGraph) throws -> FrozenGraph {
    let source = SourceFile(name: "again.graph", text: graph.languageText())
    #expect(try source.formatted() == source.text)
    return try GraphCompiler().compile(source).frozen()
  }

  private func expectSame(_ graph: FrozenGraph, _ expected: FrozenGraph, _ name: String) throws {
    let (records, wanted) = (try GraphFile(graph), try GraphFile(expected))
    #expect(records.nodes.count == wanted.nodes.count, "\(name)")
    for (record, wanted) in zip(records.nodes, wanted.nodes) {
      #expect(record == wanted, "\(name)")
    }
    #expect(records.signature == wanted.signature, "\(name)")
    #expect(graph.nodes.map(\.outputs) == expected.nodes.map(\.outputs), "\(name)")
  }

  @Test(arguments: graphs) func compiledExample(path: String) throws {
    var graph = try GraphCompiler().compile(SourceFile(path: path)).frozen()
    // Parameters have had their effect; the text tells of them in a comment.
    graph.interface.parameters = []
    let bytes = try GraphFile(graph).encoded()
    let read = try FrozenGraph(
      GraphFile.decode(bytes, name: path), registry: .standard, name: path)
    try expectSame(try again(read), graph, path)
  }

  @Test(arguments: files) func realGraph(path: String) throws {
    let graph = try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: path)
    try expectSame(try again(graph), expressible(graph), path)
  }

  /// The part of a graph that the language can express, without what files say of nodes beyond
  /// their operators.
  private func expressible(_ graph: FrozenGraph) -> FrozenGraph {
    var places: [Int: Int] = [:]
    var result = FrozenGraph(limits: graph.limits)
    for (position, node) in graph.nodes.enumerated() {
      let sources = node.inputs.map(\.nodeIndex) + node.controlInputs.map(Int.init)
      guard !(node.operation is OpaqueOperator), !node.name.hasPrefix("_"),
        sources.allSatisfy({ places[$0] != nil })
      else { continue }
      var moved = node
      moved.annotations = nil
      moved.inputs = node.inputs.map {
        Endpoint(node: places[$0.nodeIndex]!, output: $0.outputIndex)
      }
      moved.controlInputs = node.controlInputs.map { Int32(places[Int($0)]!) }
      places[position] = result.nodes.count
      result.nodes.append(moved)
    }
    return result
  }
}
