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

  @Test("Whatever graph a changed file gives comes back from its text")
  func changedFiles() throws {
    guard let path = RealGraphTests.file("tf1/regression_training/model.pb")?.path else { return }
    let original = try GraphFile.read(path: path)
    let operators = OperatorRegistry.standard.operators.map { $0.name }
    var random = SplitMix64(state: 5)
    var count = 0
    for _ in 0..<600 {
      var file = original
      for _ in 0..<3 {
        let index = Int.random(in: file.nodes.indices, using: &random)
        let name = file.nodes[index].attributes.keys.sorted().randomElement(using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: file.nodes[index].op = operators.randomElement(using: &random)!
        case 2: file.nodes[index].inputs.shuffle(using: &random)
        case 3:
          file.nodes[index].inputs.append("^" + file.nodes.randomElement(using: &random)!.name)
        case 4: if let name { file.nodes[index].attributes[name] = .integer(3) }
        default: file.nodes[index].attributes["keep_dims"] = .boolean(true)
        }
      }
      guard let graph = try? FrozenGraph(file, registry: .standard, name: "changed") else {
        continue
      }
      count += 1
      var wanted = graph
      wanted.interface = GraphInterface()
      try expectSame(try again(wanted), expressible(wanted), "\(file)")
    }
    #expect(count > 50)
  }

  /// The part of a graph that the language can express, without what files say of nodes beyond
  /// their operators.
  private func expressible(_ graph: FrozenGraph) -> FrozenGraph {
    var places: [Int: Int] = [:]
    var result = FrozenGraph(limits: graph.limits)
    for (position, node) in graph.nodes.enumerated() {
      let sources = node.inputs.map(\.nodeIndex) + node.controlInputs.map(Int.init)
      guard !(node.operation is OpaqueOperator), !node.name.hasPrefix("_"),
        sources.allSatisfy({ places[$0] != nil }),
        Set(node.controlInputs).count == node.controlInputs.count
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

/// A pseudo-random sequence that is the same in every run.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
