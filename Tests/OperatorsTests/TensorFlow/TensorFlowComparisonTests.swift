import Foundation
import PythonSupport
import StaticGraph
import Testing

/// The results, gradients and second gradients of every operator against TensorFlow's, which
/// imports the files that are written here.
@Suite(.serialized) struct TensorFlowComparisonTests {
  @Test(.enabled(if: Python.isThere, Python.missing))
  func everySampleOfEveryOperator() throws {
    try Python.withTemporaryFolder { folder in
      var count = 0
      for operatorType in testedOperators {
        for sampleCase in SampleCase.all(of: operatorType) {
          try ComparisonCase(sampleCase).write(to: folder, number: count)
          count += 1
        }
      }
      let (status, text) = try Python.run("compare_samples.py", [folder.path])
      #expect(status == 0, "\(text)")
      #expect(text.contains("\(count) cases"), "\(text)")
      print(text)
    }
  }

  /// With seeds, the numbers of a session's first run are TensorFlow's, in all initial values.
  @Test(.enabled(if: Python.isThere, Python.missing))
  func initialValues() throws {
    try Python.withTemporaryFolder { folder in
      for (number, type) in [DataType.float32, .float64].enumerated() {
        let graph = Graph()
        let sizes = [3, 2, 5]
        let values = [
          graph.uniform(sizes, type: type, seed: 1), graph.normal(sizes, type: type, seed: 2),
          graph.truncatedNormal(sizes, mean: 1, type: type, seed: 3),
          graph.glorotUniform(sizes, type: type, seed: 4),
          graph.heNormal(sizes, type: type, seed: 5),
          graph.orthogonal(sizes, gain: 2, type: type, seed: 6),
          graph.orthogonal([2, 7], type: type, seed: 7),
        ]
        let label = "initial values in \(type)"
        try ComparisonCase(label: label, graph: graph, feeds: [:], results: values)
          .write(to: folder, number: number)
      }
      let (status, text) = try Python.run("compare_samples.py", [folder.path])
      #expect(status == 0, "\(text)")
      #expect(text.contains("2 cases, 7 results of float32, 7 results of float64"), "\(text)")
    }
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func graphsThatTensorFlowWroteRunHere() throws {
    try Python.withTemporaryFolder { folder in
      let (status, text) = try Python.run("write_graphs.py", [folder.path])
      #expect(status == 0, "\(text)")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".pb") }
      #expect(files.count >= 8)
      for file in files.sorted() {
        let path = folder.appendingPathComponent(file).path
        let stored = try TensorArchive(
          npzFile: String(path.dropLast(3)) + ".npz", limit: 1 << 30
        ).dictionary
        let graph = Graph(
          try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: file))
        var feeds: [Value: Tensor] = [:]
        var fetches: [(name: String, value: Value)] = []
        for (name, tensor) in stored.sorted(by: { $0.key < $1.key }) {
          let parts = name.split(separator: " ").map(String.init)
          let value = try #require(graph.node(named: parts[1])).output
          if parts[0] == "feed" { feeds[value] = tensor } else { fetches.append((name, value)) }
        }
        let results = try Session(graph).run(fetches.map(\.value), feeding: feeds)
        for (fetch, result) in zip(fetches, results) {
          let expected = stored[fetch.name]!
          #expect(result.type == expected.type, "\(file), \(fetch.name)")
          #expect(
            try isClose(result, expected), "\(file), \(fetch.name): \(result), not \(expected)")
        }
      }
    }
  }

  private func isClose(_ result: Tensor, _ expected: Tensor) throws -> Bool {
    guard result.dataType.isFloatingPoint else { return result == expected }
    let mine = try result.converted(to: .float64).elements(as: Double.self)
    let theirs = try expected.converted(to: .float64).elements(as: Double.self)
    let tolerance = result.dataType == .float64 ? 1e-10 : 1e-5
    let scale = theirs.reduce(1e-30) { max($0, abs($1)) }
    return zip(mine, theirs).allSatisfy { abs($0 - $1) <= tolerance * scale }
  }
}
