import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Weights and graphs on disk.
@Suite struct SavingTests {
  private func model(_ units: Int = 4, seed: UInt64) throws -> Sequential {
    let model = Sequential(seed: seed) {
      Input(shape: [3])
      Dense(units, activation: .tanh)
      BatchNormalization()
      Dense(2)
    }
    try model.compile(loss: .meanSquaredError)
    return model
  }

  private let x = Tensor.sample([20, 3], in: -1...1, seed: 4).narrowed
  private let y = Tensor.sample([20, 2], in: -1...1, seed: 5).narrowed

  @Test(arguments: ["weights.npz", "weights.safetensors", "weights"])
  func weightsComeBack(file: String) throws {
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent(file).path
      let model = try model(seed: 1)
      try model.fit(x: x, y: y, epochs: 2, verbosity: .silent)
      try model.saveWeights(to: path)
      let other = try self.model(seed: 2)
      let report = try other.loadWeights(from: path)
      #expect(report.restored.count == 8)
      #expect(report.isComplete && report.unused.isEmpty)
      #expect(try other.weightValues() == model.weightValues())
      #expect(try other.predict(x) == model.predict(x))
    }
  }

  @Test func trainingGoesOn() throws {
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("state").path
      let model = try model(seed: 1)
      try model.fit(x: x, y: y, epochs: 3, batchSize: 8, seed: 6, verbosity: .silent)
      try model.save(to: path)
      try model.fit(
        x: x, y: y, epochs: 5, batchSize: 8, seed: 6, initialEpoch: 3, verbosity: .silent)
      let other = try self.model(seed: 2)
      try other.load(from: path)
      try other.fit(
        x: x, y: y, epochs: 5, batchSize: 8, seed: 6, initialEpoch: 3, verbosity: .silent)
      #expect(try other.weightValues() == model.weightValues())
    }
  }

  @Test func otherSizesAreReported() throws {
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("weights.npz").path
      let values = try model(seed: 1).weightValues()
      var archive = TensorArchive()
      for (name, value) in values where name != "dense/bias" {
        try archive.append(value, named: "sequential/\(name):0")
      }
      try archive.append(Tensor([Float(1)]), named: "dense/bia")
      try archive.writeNPZ(to: path)
      let other = try model(5, seed: 2)
      let before = try other.weightValues()
      let error = try #require(throws: GraphError.self) { try other.loadWeights(from: path) }
      #expect(
        error.description.contains(
          "dense/kernel (Float32[3, 4], but the variable is Float32[3, 5])"))
      #expect(error.description.contains("dense/bias (is it 'dense/bia'?)"))
      #expect(try other.weightValues() == before)

      let report = try other.loadWeights(from: path, lenient: true)
      #expect(report.restored == ["dense_1/bias"])
      #expect(report.mismatched.count == 6)
      #expect(report.missing == ["dense/bias"])
      #expect(report.unused == ["dense/bia"])
      #expect(try other.weightValues()["dense_1/bias"] == values["dense_1/bias"])
    }
  }

  @Test func graphIsTrainedElsewhere() throws {
    let (x, y) = try SequentialTests.bars(count: 60)
    let model = Sequential(seed: 1) {
      Input(shape: [6, 6, 1], name: "images")
      Flatten()
      Dense(8, activation: .relu)
      Dense(3)
    }
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    let bytes = try x.elements(as: Float.self).map { UInt8($0 * 255) }
    let examples = try Examples(pixels: Tensor(bytes, dimensions: [60, 6, 6, 1]), labels: y)
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("model.pb").path
      try model.saveGraph(to: path)
      let session = try Session(
        FrozenGraph(GraphFile.read(path: path), registry: .standard, name: path))
      let trainer = try Trainer(session, target: #require(session.graph.node(named: "train")))
      #expect(trainer.metricNames == ["loss", "accuracy"])
      try session.variables.set(model.session.variables.values)
      try trainer.train(examples, batchSize: 16, epochs: 0..<4, seed: 7)
      try model.fit(examples, epochs: 4, batchSize: 16, seed: 7, verbosity: .silent)
      for (name, value) in try model.weightValues() {
        #expect(session.variables[name] == value, "\(name)")
      }
      let (here, there) = (try model.evaluate(examples), try trainer.evaluate(examples))
      #expect(abs(here["loss"]! - there["loss"]!) < 1e-5)
      #expect(here["accuracy"]! > 0.9)
    }
  }

  @Test func graphIsWritten() throws {
    try Python.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("model.pb").path
      let model = try model(seed: 1)
      try model.fit(x: x, y: y, verbosity: .silent)
      try model.saveGraph(to: path)
      let frozen = try FrozenGraph(GraphFile.read(path: path), registry: .standard, name: path)
      #expect(frozen.interface.outputs.map(\.name) == ["dense_1", "loss"])
      #expect(frozen.interface.targets.map(\.name) == ["train"])
      let session = try Session(frozen)
      try session.variables.set(model.weightValues())
      let input = try #require(session.graph.node(named: "input_layer")).output
      let output = session.graph.value(at: frozen.interface.outputs[0].endpoint)
      #expect(try session.run([output], feeding: [input: x])[0] == model.predict(x))
    }
  }
}

extension Tensor {
  /// The same numbers in single precision.
  var narrowed: Tensor { try! converted(to: .float32) }
}
