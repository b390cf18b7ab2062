import Foundation
import PythonSupport
import StaticGraph
import Synchronization
import Testing

/// Graphs of random operators, types, shapes and attributes: each must be the same however it is
/// computed.
///
/// STATICGRAPH_RANDOM_GRAPHS says how many there are, STATICGRAPH_RANDOM_SEED where the seeds
/// begin.
@Suite(.serialized, .timeLimit(.minutes(60))) struct RandomGraphTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }
  static let count = number("STATICGRAPH_RANDOM_GRAPHS", 1000)

  /// The graphs, which all tests share.
  static let graphs: [RandomGraph] = {
    let graphs = Mutex([RandomGraph?](repeating: nil, count: count))
    let first = number("STATICGRAPH_RANDOM_SEED", 1)
    DispatchQueue.concurrentPerform(iterations: count) { position in
      let graph = RandomGraph(seed: UInt64(first + position))
      graphs.withLock { $0[position] = graph }
    }
    return graphs.withLock { $0.compactMap(\.self) }
  }()

  /// Does something for each graph, for several at the same time.
  private func forEachGraph(
    _ body: @escaping @Sendable (Int, RandomGraph) throws -> Void
  ) async throws {
    let parts = ProcessInfo.processInfo.activeProcessorCount
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<parts {
        group.addTask {
          for position in stride(from: part, to: Self.graphs.count, by: parts) {
            let random = Self.graphs[position]
            do { try body(position, random) } catch {
              Issue.record("\(random.description): \(error)")
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func agreeWithTensorFlow() async throws {
    let folder = try Python.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try await forEachGraph { number, random in
      do {
        try comparison(random).write(to: folder, number: number)
      } catch let error as GraphError where "\(error)".contains("CheckNumerics") {
        // What flows back is no number, and the graph asks that it be checked.
        var comparison = comparison(random)
        comparison.inputs = []
        try comparison.write(to: folder, number: number)
      }
    }
    let (status, text) = try Python.run("compare_samples.py", [folder.path, "--random"])
    #expect(status == 0, "\(text)")
    #expect(text.contains("\(Self.count) cases"), "\(text)")
    print(text)
  }

  private func comparison(_ random: RandomGraph) -> ComparisonCase {
    let graph = Graph(random.frozen)
    return ComparisonCase(
      label: random.description, graph: graph, feeds: random.fed(graph),
      results: random.results.map { graph.value(at: $0.endpoint) },
      inputs: random.inputs.map { graph.value(at: $0) }, tensors: random.results.map(\.tensor))
  }

  @Test func unknownShapesGiveTheSameResults() async throws {
    try await forEachGraph { _, random in
      let (results, slopes) = try computed(random, in: Graph(random.frozen))
      let (openResults, openSlopes) = try computed(random, in: reopened(random))
      #expect(openResults == results, "\(random.description)")
      for (mine, theirs) in zip(slopes, openSlopes) {
        #expect(mine.type == theirs.type, "\(random.description)")
        let numbers: [Double] = try theirs.converted(to: .float64).elements()
        let scale = numbers.reduce(1e-6) { max($0, abs($1)) }
        let tolerance = mine.dataType == .float64 ? 1e-9 : 1e-4
        #expect(
          try zip(mine.converted(to: .float64).elements(as: Double.self), numbers).allSatisfy {
            abs($0 - $1) <= tolerance * scale || $0.isNaN && $1.isNaN || $0 == $1
          }, "\(random.description): \(mine), \(theirs)")
      }
    }
  }

  /// The results of a graph, and the gradient of their sum.
  private func computed(
    _ random: RandomGraph, in graph: Graph
  ) throws -> (results: [Tensor], slopes: [Tensor]) {
    let results = random.results.map { graph.value(at: $0.endpoint) }
    let outputs = results.filter { $0.dataType.isFloatingPoint }
    let gradients = try graph.gradients(
      of: outputs, withRespectTo: random.inputs.map { graph.value(at: $0) }, unconnected: .zeros)
    let tensors = try Session(graph).run(results + gradients, feeding: random.fed(graph))
    return (Array(tensors.prefix(results.count)), Array(tensors.dropFirst(results.count)))
  }

  /// The same graph with placeholders of unknown shapes.
  private func reopened(_ random: RandomGraph) -> Graph {
    let graph = Graph()
    for node in random.frozen.nodes { append(node, to: graph) }
    return graph
  }

  private func append(_ node: Node, to graph: Graph) {
    func append(_ operation: some Operator) {
      graph.controlDependencies(on: node.controlInputs.map { graph.node(at: Int($0)) }) {
        _ = graph.append(
          operation, node.inputs.map { graph.value(at: $0) }, name: node.name, origin: .unknown)
      }
    }
    if node.operation is Placeholder {
      append(Placeholder(node.outputs[0].dataType, .unknown))
    } else {
      append(node.operation)
    }
  }

  @Test func filesGiveTheSameResults() async throws {
    try await forEachGraph { _, random in
      let graph = Graph(random.frozen)
      let results = random.results.map { graph.value(at: $0.endpoint) }
      let expected = try Session(graph).run(results, feeding: random.fed(graph))
      let bytes = try GraphFile(random.frozen).encoded()
      let read = Graph(
        try FrozenGraph(GraphFile.decode(bytes, name: "file"), registry: .standard, name: "file"))
      var feeds: [Value: Tensor] = [:]
      for (value, tensor) in random.fed(graph) {
        feeds[try #require(read.node(named: value.name)).output] = tensor
      }
      let fetches = try results.map {
        try #require(read.node(named: $0.node.name)).output($0.endpoint.outputIndex)
      }
      #expect(try Session(read).run(fetches, feeding: feeds) == expected, "\(random.description)")
    }
  }

  @Test(.enabled(if: count >= 1000))
  func theyHoldEveryOperator() {
    let names = Self.graphs.reduce(into: Set()) { $0.formUnion($1.operatorNames) }
    for operatorType in testedOperators {
      #expect(names.contains(operatorType.name), "no graph has a \(operatorType.name)")
    }
  }

  /// Operators with a gradient that no gradient of a random graph goes through, and why.
  static let notDifferentiated = [
    "LRNGrad": "TensorFlow has no gradient of it",
    "Mod": "TensorFlow has no gradient of it",
    "PreventGradient": "it is there to be in the way",
    "ReadVariableOp": "placeholders are what the graphs are differentiated by",
    "ResizeBilinearGrad": "TensorFlow declares it as not differentiable",
    "Snapshot": "TensorFlow has no gradient of it",
    "SoftsignGrad": "TensorFlow has no gradient of it",
    "TruncateMod": "TensorFlow has no gradient of it",
  ]

  @Test(.enabled(if: count >= 1000))
  func theirGradientsGoThroughEveryOperator() {
    let names = Self.graphs.reduce(into: Set()) { $0.formUnion($1.differentiatedOperatorNames) }
    for operatorType in testedOperators {
      guard case .rule = operatorType.gradient else { continue }
      let isLeft = Self.notDifferentiated[operatorType.name] != nil
      #expect(names.contains(operatorType.name) != isLeft, "\(operatorType.name)")
    }
  }
}
