import Foundation
import StaticGraph
import Testing

/// A graph that TensorFlow wrote, with what it was fed there and what came of it.
struct WrittenGraph {
  let file: String
  private let graph: Graph
  private var feeds: [Value: Tensor] = [:]
  /// What belongs to nodes, by what it is, in the order of their names.
  private var entries: [String: [(node: GraphNode, tensor: Tensor)]] = [:]

  /// - Parameter path: The file of the graph; the archive of the same name lies beside it.
  init(path: String) throws {
    file = URL(fileURLWithPath: path).lastPathComponent
    graph = Graph(try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: file))
    let stored = try TensorArchive(npzFile: String(path.dropLast(3)) + ".npz", limit: 1 << 30)
    for (name, tensor) in stored.dictionary.sorted(by: { $0.key < $1.key }) {
      let parts = name.split(separator: " ").map(String.init)
      let node = try #require(graph.node(named: parts[1]), "\(file) has no node \(parts[1])")
      if parts[0] == "feed" {
        feeds[node.output] = tensor
      } else {
        entries[parts[0], default: []].append((node, tensor))
      }
    }
  }

  /// Computes what TensorFlow computed, or trains as it trained.
  func compare() throws {
    let session = try Session(graph)
    let fetches = entries["fetch", default: []]
    let results = try session.run(fetches.map(\.node.output), feeding: feeds)
    for ((node, expected), result) in zip(fetches, results) {
      try compare(result, expected, node)
    }
    guard let train = entries["train"]?.first?.node else { return #expect(!fetches.isEmpty) }
    let (loss, expected) = try #require(entries["losses"]?.first)
    try session.run(targets: entries["initialize", default: []].map(\.node))
    let losses = try (0..<expected.elementCount).map { _ -> Float in
      try session.run([loss.output], targets: [train], feeding: feeds)[0].elements()[0]
    }
    try compare(Tensor(losses), expected, loss)
    for (variable, expected) in entries["end", default: []] {
      try compare(session.value(of: variable.output), expected, variable)
    }
  }

  /// Expects that a result is TensorFlow's, to the tolerance for numbers of its type.
  private func compare(_ result: Tensor, _ expected: Tensor, _ node: GraphNode) throws {
    #expect(result.type == expected.type, "\(file), \(node.name)")
    guard result.dataType.isFloatingPoint else {
      return #expect(result == expected, "\(file), \(node.name)")
    }
    let mine = try result.converted(to: .float64).elements(as: Double.self)
    let theirs = try expected.converted(to: .float64).elements(as: Double.self)
    let tolerance = result.dataType == .float64 ? 1e-10 : 1e-5
    let scale = theirs.reduce(1e-30) { max($0, abs($1)) }
    #expect(
      zip(mine, theirs).allSatisfy { abs($0 - $1) <= tolerance * scale },
      "\(file), \(node.name): \(result), not \(expected)")
  }
}
