import Foundation
import StaticGraph
import Testing

/// Graphs that others made in TensorFlow 1, with the results that TensorFlow stored.
@Suite struct RealGraphTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of one graph, where the data is there.
  static func folder(_ name: String) -> URL? {
    file("tf1/\(name)/model.pb")?.deletingLastPathComponent()
  }

  /// A file of the data, where it is there.
  static func file(_ path: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_DATA"].map {
      URL(fileURLWithPath: $0)
    }
    return [named, root.appendingPathComponent("../shared/data")].compactMap(\.self)
      .map { $0.appendingPathComponent(path).standardizedFileURL }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  @Test(arguments: ["addition", "multiplication", "fc-layers", "lstm"])
  func givesTheStoredResults(_ name: String) throws {
    guard let folder = Self.folder(name) else {
      print("skipped: there is no tf1/\(name) in ../shared/data or STATICGRAPH_DATA")
      return
    }
    let path = folder.appendingPathComponent("model.pb").path
    let graph = Graph(
      try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: name))
    var feeds: [Value: Tensor] = [:]
    var expected: [(value: Value, tensor: Tensor)] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where file.hasSuffix(".npy") {
      let parts = file.dropLast(4).split(separator: "_").map(String.init)
      let node = try #require(graph.node(named: parts[1...].dropLast().joined(separator: "_")))
      let value = node.output(Int(parts.last!)!)
      let tensor = try Tensor(npyFile: folder.appendingPathComponent(file).path)
      if parts[0] == "in" { feeds[value] = tensor } else { expected.append((value, tensor)) }
    }
    #expect(!expected.isEmpty)
    let results = try Session(graph).run(expected.map(\.value), feeding: feeds)
    for (result, stored) in zip(results, expected.map(\.tensor)) {
      #expect(result.type == stored.type)
      let mine = try result.converted(to: .float64).elements(as: Double.self)
      let theirs = try stored.converted(to: .float64).elements(as: Double.self)
      let scale = theirs.reduce(0) { max($0, abs($1)) }
      let apart = zip(mine, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(apart <= 1e-5 * scale, "\(name): \(apart / scale) of the largest apart")
    }
  }
}
