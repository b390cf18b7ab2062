import Foundation
import StaticGraph
import Testing

/// Graphs of random operators: each must be the same however it is computed.
///
/// STATICGRAPH_RANDOM_GRAPHS says how many there are, STATICGRAPH_RANDOM_SEED where the seeds
/// begin.
@Suite(.serialized, .timeLimit(.minutes(60))) struct RandomGraphTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }
  static let count = number("STATICGRAPH_RANDOM_GRAPHS", 60)
  static let seeds = (0..<count).map { UInt64(number("STATICGRAPH_RANDOM_SEED", 1) + $0) }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithTensorFlow() throws {
    try Python.withTemporaryFolder { folder in
      var written = 0
      for seed in Self.seeds {
        let random = RandomGraph(seed: seed)
        let graph = random.graph
        let inputs = random.inputs.map { graph.value(at: $0) }
        let results = random.results.map { graph.value(at: $0) }
        let outputs = results.filter { $0.dataType.isFloatingPoint }
        // In a graph of its own, since TensorFlow is to see one gradient.
        guard try random.isSteady(results + derivatives(of: outputs, by: inputs)) else { continue }
        let comparison = ComparisonCase(
          label: random.description, graph: graph, feeds: random.fed(graph), results: results,
          inputs: inputs, comparesSeconds: false)
        try comparison.write(to: folder, number: written)
        written += 1
      }
      #expect(written * 2 > Self.count, "most graphs are too unsteady to compare")
      let (status, text) = try Python.run("compare_samples.py", [folder.path, "--may-refuse"])
      #expect(status == 0, "\(text)")
      #expect(text.contains("\(written) cases"), "\(text)")
      print(text)
    }
  }

  private func derivatives(of outputs: [Value], by inputs: [Value]) throws -> [Value] {
    guard let graph = outputs.first?.graph else { return [] }
    return try graph.gradients(of: outputs, withRespectTo: inputs, unconnected: .zeros)
  }

  @Test func unknownShapesGiveTheSameResults() throws {
    for seed in Self.seeds {
      let random = RandomGraph(seed: seed)
      let results = random.results.map { random.graph.value(at: $0) }
      let expected = try Session(random.graph).run(results, feeding: random.fed(random.graph))
      let slopes = try slopes(random, in: random.graph)
      let open = try reopened(random)
      let openResults = try Session(open).run(
        results.map { open.value(at: $0.endpoint) }, feeding: random.fed(open))
      #expect(openResults == expected, "\(random.description)")
      let openSlopes = try self.slopes(random, in: open)
      for (mine, theirs) in zip(slopes, openSlopes) {
        #expect(mine.type == theirs.type, "\(random.description)")
        let numbers: [Double] = try theirs.elements()
        let scale = numbers.reduce(1e-6) { max($0, abs($1)) }
        #expect(
          try zip(mine.elements(as: Double.self), numbers).allSatisfy {
            abs($0 - $1) <= 1e-9 * scale || $0.isNaN && $1.isNaN || $0 == $1
          }, "\(random.description): \(mine), \(theirs)")
      }
    }
  }

  private func slopes(_ random: RandomGraph, in graph: Graph) throws -> [Tensor] {
    let outputs = random.results.map { graph.value(at: $0) }
      .filter { $0.dataType.isFloatingPoint }
    let inputs = random.inputs.map { graph.value(at: $0) }
    let gradients = try derivatives(of: outputs, by: inputs)
    return try Session(graph).run(gradients, feeding: random.fed(graph))
  }

  /// The same graph with placeholders of unknown shapes.
  private func reopened(_ random: RandomGraph) throws -> Graph {
    let graph = Graph()
    for node in try random.graph.frozen().nodes {
      // The gradient that was asked for above stands behind the graph.
      if node.name.hasPrefix("gradients/") { break }
      append(node, to: graph)
    }
    return graph
  }

  private func append(_ node: Node, to graph: Graph) {
    func append(_ operation: some Operator) {
      graph.append(
        operation, node.inputs.map { graph.value(at: $0) }, name: node.name, origin: .unknown)
    }
    if node.operation is Placeholder {
      append(Placeholder(node.outputs[0].dataType, .unknown))
    } else {
      append(node.operation)
    }
  }

  @Test func filesGiveTheSameResults() throws {
    for seed in Self.seeds {
      let random = RandomGraph(seed: seed)
      let results = random.results.map { random.graph.value(at: $0) }
      let expected = try Session(random.graph).run(results, feeding: random.fed(random.graph))
      let bytes = try GraphFile(random.graph.frozen()).encoded()
      let read = Graph(
        try FrozenGraph(GraphFile.decode(bytes, name: "file"), registry: .standard, name: "file"))
      var feeds: [Value: Tensor] = [:]
      for (value, tensor) in random.fed(random.graph) {
        feeds[try #require(read.node(named: value.name)).output] = tensor
      }
      let fetches = try results.map {
        try #require(read.node(named: $0.node.name)).output($0.endpoint.outputIndex)
      }
      #expect(try Session(read).run(fetches, feeding: feeds) == expected, "\(random.description)")
    }
  }
}
