import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Training graphs that others made in TensorFlow 1.
@Suite struct RealTrainingTests {
  /// A file of the data, or `nil` with a note when it is not there.
  private func file(_ path: String) -> String? {
    let named = ProcessInfo.processInfo.environment["STATICGRAPH_DATA"]
    let folder = named ?? Python.root.appendingPathComponent("../shared/data").path
    if FileManager.default.fileExists(atPath: "\(folder)/\(path)") { return "\(folder)/\(path)" }
    print("skipped: there is no \(path) in ../shared/data or STATICGRAPH_DATA")
    return nil
  }

  private func graph(_ path: String) throws -> FrozenGraph {
    try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: path)
  }

  /// The digits of a part of MNIST, as rows of numbers from 0 to 1, with their classes.
  private func digits(_ examples: Examples, batchSize: Int, count: Int) throws
    -> [(images: Tensor, labels: [Int32])]
  {
    try examples.prefix(count).batches(size: batchSize).map { batch in
      (
        try batch.images.reshaped(to: [batch.count, 784]), try batch.labels.elements(as: Int32.self)
      )
    }
  }

  private let images = "random_shuffle_queue_DequeueMany:1"
  private let labels = "random_shuffle_queue_DequeueMany:2"

  /// The number that the README of the data states for TensorFlow.
  @Test func restoredNetworkReadsDigitsAsWellAsInTensorFlow() throws {
    guard let path = file("tf1/mnist_cnn/graph.pbtxt"), file("mnist") != nil else { return }
    let session = try Session(graph(path))
    let report = try session.restore(
      Checkpoint.open(path.replacingOccurrences(of: "graph.pbtxt", with: "model.ckpt-20000")))
    #expect(report.restored.count == 21)
    #expect(report.missing.isEmpty && report.unused.isEmpty)
    let queue = try #require(session.graph.node(named: "random_shuffle_queue_DequeueMany"))
    let classes = try #require(session.graph.node(named: "ArgMax")).output
    var right = 0
    for batch in try digits(DataSet.named("mnist").test, batchSize: 500, count: 10_000) {
      let found = try session.run([classes], feeding: [queue.output(1): batch.images])[0]
      right += try zip(found.converted(to: .int32).elements(as: Int32.self), batch.labels)
        .count { $0 == $1 }
    }
    #expect(right == 9884)
  }

  @Test(.enabled(if: Python.isThere, Python.missing))
  func restoredNetworkTrainsOnAsInTensorFlow() throws {
    guard let path = file("tf1/mnist_cnn/graph.pbtxt"), file("mnist") != nil else { return }
    let batches = try digits(DataSet.named("mnist").training, batchSize: 100, count: 1000)
      .map { batch in
        var wanted = [Float](repeating: 0, count: 1000)
        for (row, label) in batch.labels.enumerated() { wanted[row * 10 + Int(label)] = 1 }
        return [images: batch.images, labels: try Tensor(wanted, dimensions: [100, 10])]
      }
    let prefix = path.replacingOccurrences(of: "graph.pbtxt", with: "model.ckpt-20000")
    let frozen = try graph(path).seeded(with: 1)
    func trainingCase(_ label: String, _ checkpoint: Checkpoint?) -> TrainingCase {
      TrainingCase(
        label: label, graph: frozen, loss: "mean_squared_error/value", train: "Adam",
        batches: batches, tolerance: 1e-4, variableTolerance: 1e-2, checkpoint: checkpoint)
    }
    try TrainingCase.compare([
      trainingCase("mnist_cnn, going on", try Checkpoint.open(prefix)),
      trainingCase("mnist_cnn, afresh", nil),
    ])
  }

  /// y = 0.1·x + 0.3, from a graph whose placeholders may have any shape.
  @Test(.enabled(if: Python.isThere, Python.missing))
  func regressionFindsTheLine() throws {
    guard let path = file("tf1/regression_training/model.pb") else { return }
    let batches = try (0..<40).map { step in
      let x = Tensor.sample([100], in: 0...1, seed: UInt64(1 + step))
      let y = try x.elements(as: Double.self).map { Float(0.1 * $0 + 0.3) }
      return ["x": try x.converted(to: .float32), "y": Tensor(y)]
    }
    let frozen = try graph(path).seeded(with: 1)
    try TrainingCase.compare([
      TrainingCase(
        label: "regression", graph: frozen, loss: "Mean", batches: batches, tolerance: 1e-3,
        variableTolerance: 1e-4)
    ])
    let session = try Session(frozen)
    try session.initializeVariables()
    let train = try #require(session.graph.node(named: "train"))
    let (x, y) = (
      try #require(session.graph.node(named: "x")).output,
      try #require(session.graph.node(named: "y")).output
    )
    for batch in batches + batches + batches {
      try session.run(targets: [train], feeding: [x: batch["x"]!, y: batch["y"]!])
    }
    let weight = try #require(session.variables["w"]).elements(as: Float.self)
    let offset = try #require(session.variables["b"]).elements(as: Float.self)
    #expect(abs(weight[0] - 0.1) < 1e-3 && abs(offset[0] - 0.3) < 1e-3)
  }
}
