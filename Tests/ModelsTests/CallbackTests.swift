import Foundation
import PythonSupport
import StaticGraph
import Testing

/// What is told of trainings, and what ends them.
@Suite struct CallbackTests {
  private func model(seed: UInt64 = 3) throws -> Sequential {
    let model = Sequential(seed: seed) {
      Input(shape: [36])
      Dense(8, activation: .relu)
      Dense(3)
    }
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    return model
  }

  private func data() throws -> (x: Tensor, y: Tensor) {
    let (x, y) = try SequentialTests.bars(count: 60)
    return (try x.reshaped(to: [60, 36]), y)
  }

  @Test func earlyStoppingRestoresTheBestWeights() throws {
    let model = try model()
    let (x, y) = try data()
    // Steps that grow from epoch to epoch make the loss worse some day.
    let stopping = EarlyStopping(monitor: "val_loss", patience: 2, restoreBestWeights: true)
    let history = try model.fit(
      x: x, y: y, epochs: 60, batchSize: 10, validation: (x: x, y: y),
      callbacks: [LearningRateScheduler { epoch, _ in 0.002 * Double(1 << epoch) }, stopping],
      verbosity: .silent)
    let losses = history["val_loss"]
    let best = try #require(stopping.bestEpoch)
    #expect(stopping.stoppedEpoch == losses.count - 1)
    #expect(losses.count < 60)
    #expect(best == losses.count - 3)
    #expect(losses[best] == losses.min())
    #expect(abs(try model.evaluate(x: x, y: y)["loss"]! - losses[best]) < 1e-5)
  }

  /// The bytes of the only file in a folder.
  private func onlyFile(in folder: URL) throws -> Data {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(files.count == 1)
    return try Data(contentsOf: try #require(files.first))
  }

  @Test func tensorBoardGetsBothRuns() throws {
    let model = try model()
    let (x, y) = try data()
    try Python.withTemporaryFolder { folder in
      let logs = folder.appendingPathComponent("run")
      let history = try model.fit(
        x: x, y: y, epochs: 2, batchSize: 30, validation: (x: x, y: y),
        callbacks: [TensorBoard(logs.path, histogramFrequency: 1, logsBatches: true)],
        verbosity: .silent)
      let training = try onlyFile(in: logs.appendingPathComponent("train"))
      let tags = [
        "epoch_loss", "epoch_accuracy", "epoch_learning_rate", "batch_loss", "dense/kernel",
      ]
      for tag in tags {
        #expect(training.range(of: Data(tag.utf8)) != nil, "\(tag)")
      }
      #expect(training.range(of: Data("val_".utf8)) == nil)
      let validation = try onlyFile(in: logs.appendingPathComponent("validation"))
      #expect(validation.range(of: Data("epoch_loss".utf8)) != nil)
      // A Float32 stands in the file as its bytes.
      let loss = Float(try #require(history["val_loss"].last))
      let bytes = withUnsafeBytes(of: loss.bitPattern.littleEndian) { Data($0) }
      #expect(validation.range(of: bytes) != nil)

      let charts = history.charts
      #expect(charts.charts.map(\.title) == ["loss", "accuracy"])
      #expect(charts.charts[0].series.map(\.name) == ["training", "validation"])
      #expect(charts.charts[0].series[1].points.map(\.y) == history["val_loss"])
    }
  }

  @Test func scheduleAndPlateauChangeTheRate() throws {
    let model = try model()
    let (x, y) = try data()
    #expect(abs(try model.learningRate - 0.01) < 1e-8)
    var rates: [Double] = []
    try model.fit(
      x: x, y: y, epochs: 3,
      callbacks: [
        LearningRateScheduler { epoch, rate in rate / 2 },
        LambdaCallback(onEpochEnd: { _, _, model in rates.append(try model.learningRate) }),
      ], verbosity: .silent)
    #expect(zip(rates, [0.005, 0.0025, 0.00125]).allSatisfy { abs($0 - $1) < 1e-8 })
    try model.setLearningRate(0)
    let before = try model.weightValues()
    try model.fit(x: x, y: y, verbosity: .silent)
    #expect(try model.weightValues() == before)

    try model.setLearningRate(0.5)
    try model.fit(
      x: x, y: y, epochs: 4,
      callbacks: [
        ReduceLearningRateOnPlateau(
          monitor: "loss", factor: 0.1, patience: 1, minimumDelta: 1e6, minimumRate: 0.004)
      ], verbosity: .silent)
    #expect(abs(try model.learningRate - 0.004) < 1e-6)
  }

  @Test func checkpointsAndTablesAreWritten() throws {
    try Python.withTemporaryFolder { folder in
      let model = try model()
      let (x, y) = try data()
      let table = folder.appendingPathComponent("log.csv").path
      let pattern = folder.appendingPathComponent("weights-{epoch}.safetensors").path
      let best = ModelCheckpoint(
        folder.appendingPathComponent("best.npz").path, monitor: "val_accuracy",
        saveBestOnly: true)
      let history = try model.fit(
        x: x, y: y, epochs: 3, validation: (x: x, y: y),
        callbacks: [ModelCheckpoint(pattern), best, CSVLogger(table)], verbosity: .silent)
      let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[0] == "epoch,loss,accuracy,val_loss,val_accuracy")
      #expect(lines[3] == "2," + history.names.map { "\(history[$0][2])" }.joined(separator: ","))
      let third = try self.model(seed: 9)
      try third.loadWeights(from: folder.appendingPathComponent("weights-3.safetensors").path)
      #expect(try third.weightValues() == model.weightValues())
      try third.loadWeights(from: try #require(best.latestPath))
      #expect(
        try third.evaluate(x: x, y: y)["accuracy"]! == history["val_accuracy"].max()!)
    }
  }

  @Test func missingNumbersAreNamed() throws {
    let (x, y) = try data()
    let error = try #require(throws: GraphError.self) {
      try model().fit(
        x: x, y: y, callbacks: [EarlyStopping(monitor: "val_los")], verbosity: .silent)
    }
    #expect(
      error.description.contains("there is no 'val_los' to watch"), "\(error.description)")
  }

  @Test func batchesAreTold() throws {
    let model = try model()
    let (x, y) = try data()
    var counts: [Int] = []
    let history = try model.fit(
      x: x, y: y, epochs: 5, batchSize: 25,
      callbacks: [
        LambdaCallback(onBatchEnd: { batch, logs, model in
          counts.append(batch)
          #expect(logs.names == ["loss", "accuracy"])
          if counts.count == 5 { model.stopTraining = true }
        })
      ], verbosity: .silent)
    #expect(counts == [0, 1, 2, 0, 1])
    #expect(history.epochs == [0, 1])
  }

  @Test func trainingsThatExplodeEnd() throws {
    let model = Sequential(seed: 1) { Dense(1) }
    try model.compile(
      optimizer: .gradientDescent(learningRate: 1e30), loss: .meanSquaredError)
    let (x, _) = try data()
    let y = try Tensor(repeating: Float(1), dimensions: [60, 1])
    let history = try model.fit(
      x: x, y: y, epochs: 50, batchSize: 20, callbacks: [TerminateOnNaN()], verbosity: .silent)
    #expect(history.epochs.count < 3)
  }
}
