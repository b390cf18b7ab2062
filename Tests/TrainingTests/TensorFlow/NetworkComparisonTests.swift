import Foundation
import PythonSupport
import StaticGraph
import Testing

/// The networks under `Graphs` against TensorFlow, which imports them as they are compiled.
@Suite struct NetworkComparisonTests {
  private static let stepCount = 20
  private static let batchSize = 20

  /// Images of ten classes, each a picture of its own under noise; other ones in each step.
  private func batches(height: Int, width: Int, channels: Int) throws -> [[String: Tensor]] {
    let count = height * width * channels
    let pictures = try Tensor.sample([10, count], in: 0...1, seed: 1).elements(as: Double.self)
    return try (0..<Self.stepCount).map { step in
      let seed = UInt64(1000 + 2 * step)
      let labels = try Tensor.sample([Self.batchSize], in: 0...10, seed: seed)
        .elements(as: Double.self).map { Int32(min(9, $0)) }
      let noise = try Tensor.sample([Self.batchSize, count], in: -0.4...0.4, seed: seed + 1)
        .elements(as: Double.self)
      let pixels = noise.enumerated().map { position, noise in
        let picture = Int(labels[position / count])
        return Float(min(1, max(0, pictures[picture * count + position % count] + noise)))
      }
      return [
        "images": try Tensor(pixels, dimensions: [Self.batchSize, height, width, channels]),
        "labels": Tensor(labels),
      ]
    }
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
