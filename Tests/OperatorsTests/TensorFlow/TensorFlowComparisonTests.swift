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

  /// Small graphs, recurrent networks that are unrolled, and trainings of these.
  @Test(.enabled(if: Python.isThere, Python.missing))
  func graphsThatTensorFlowWroteRunHere() throws {
    try Python.withTemporaryFolder { folder in
      let (status, text) = try Python.run("write_graphs.py", [folder.path])
      #expect(status == 0, "\(text)")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".pb") }
      #expect(files.count >= 21)
      for file in files.sorted() {
        do {
          try WrittenGraph(path: folder.appendingPathComponent(file).path).compare()
        } catch {
          Issue.record("\(file): \(error)")
        }
      }
    }
  }
}
