import Foundation
import PythonSupport
import StaticGraph
import Testing

/// The networks under `Graphs` against TensorFlow, which imports them as they are compiled.
@Suite struct NetworkComparisonTests {
  private func batches(height: Int, width: Int, channels: Int) throws -> [[String: Tensor]] {
    try noisyPictures(height: height, width: width, channels: channels, batchSize: 20, count: 20)
  }

  private func compiled(_ name: String) throws -> FrozenGraph {
    let path = Python.root.appendingPathComponent("Graphs/\(name)").path
    return try GraphCompiler().compile(SourceFile(path: path)).frozen().seeded(with: 1)
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func firstLossesAreTensorFlows() throws {
    try TrainingCase.compare([
      TrainingCase(
        label: "mnist_convnet", graph: try compiled("mnist_convnet.graph"),
        batches: try batches(height: 28, width: 28, channels: 1), tolerance: 1e-4,
        variableTolerance: 1e-2),
      TrainingCase(
        label: "cifar_convnet", graph: try compiled("cifar_convnet.graph"),
        batches: try batches(height: 32, width: 32, channels: 3), tolerance: 1e-4,
        variableTolerance: 1e-2),
    ])
  }
}
