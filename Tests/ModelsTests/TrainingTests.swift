import StaticGraph
import Testing

/// What training does with layers, weights and data.
@Suite struct ModelTrainingTests {
  private let x = Tensor.sample([40, 6], in: -1...1, seed: 4).narrowed
  private let y = Tensor.sample([40, 2], in: -1...1, seed: 5).narrowed

  @Test func dropoutActsInTrainingAlone() throws {
    let model = Sequential(seed: 5) {
      Input(shape: [1000])
      Dropout(0.25)
      Dense(1, kernelInitializer: .constant(0.001))
    }
    try model.compile(
      optimizer: .gradientDescent(learningRate: 0), loss: .meanAbsoluteError)
    let ones = try Tensor(repeating: Float(1), dimensions: [64, 1000])
    let zeros = try Tensor(repeating: Float(0), dimensions: [64, 1])
    let sums = try model.predict(ones).elements(as: Float.self)
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
    #expect(abs(try model.evaluate(x: ones, y: zeros)["loss"]! - 1) < 1e-5)
    let losses = try (0..<3).map { _ in
      try #require(try model.trainOnBatch([ones], labels: zeros)["loss"])
    }
    // Of 64,000 elements a quarter is 0, the others are 4/3.
    #expect(losses.allSatisfy { abs($0 - 1) < 0.02 && $0 != 1 })
    #expect(Set(losses).count == 3)
  }

  @Test func seedsMakeTrainingsEqual() throws {
    func weights(seed: UInt64?) throws -> [String: Tensor] {
      let model = Sequential(seed: seed) {
        Dense(5, activation: .relu)
        Dropout(0.5)
        Dense(2)
      }
      try model.compile(loss: .meanSquaredError)
      try model.fit(x: x, y: y, epochs: 3, batchSize: 7, verbosity: .silent)
      return try model.weightValues()
    }
    #expect(try weights(seed: 1) == weights(seed: 1))
    #expect(try weights(seed: 1) != weights(seed: 2))
    #expect(try weights(seed: nil) != weights(seed: nil))
  }

  @Test func frozenLayersStay() throws {
    let model = Sequential(seed: 2) {
      Input(shape: [6])
      Dense(5)
      BatchNormalization()
      Dense(2)
    }
    try model.setTrainable(false, layer: "dense")
    try model.setTrainable(false, layer: "batch_normalization")
    try model.compile(loss: .meanSquaredError)
    let before = try model.weightValues()
    try model.fit(x: x, y: y, epochs: 2, verbosity: .silent)
    let after = try model.weightValues()
    for (name, value) in after {
      #expect((before[name] == value) == !name.hasPrefix("dense_1/"), "\(name)")
    }
    #expect(try model.summary().contains("\n Trainable params: 12 (48.00 B)\n"))
    try model.setTrainable(true, layer: "batch_normalization")
    try model.compile(loss: .meanSquaredError)
    #expect(try model.weightValues() == after)
    try model.fit(x: x, y: y, verbosity: .silent)
    #expect(
      try model.weightValues()["batch_normalization/moving_mean"]
        != after["batch_normalization/moving_mean"])
  }

  @Test func validationSplitTakesTheLastExamples() throws {
    let model = Sequential(seed: 2) { Dense(2) }
    try model.compile(loss: .meanSquaredError, metrics: [.rootMeanSquaredError])
    var steps = 0
    let history = try model.fit(
      x: x, y: y, batchSize: 10, validationSplit: 0.25,
      callbacks: [LambdaCallback(onBatchEnd: { _, _, _ in steps += 1 })], verbosity: .silent)
    #expect(steps == 3)
    let last = (try Self.rows(x, 30..<40), try Self.rows(y, 30..<40))
    let results = try model.evaluate(x: last.0, y: last.1)
    #expect(abs(results["loss"]! - history["val_loss"][0]) < 1e-6)
    let root = try #require(results["root_mean_squared_error"])
    #expect(abs(root * root - results["loss"]!) < 1e-5)
  }

  @Test func lossOfAnEpochIsTheMeanOverExamples() throws {
    let model = Sequential(seed: 2) { Dense(2) }
    try model.compile(
      optimizer: .gradientDescent(learningRate: 0),
      loss: .custom("largest") { labels, output in max(abs(output - labels), axes: [-1]) },
      metrics: [.custom("positive") { _, output in output .> 0 }])
    let history = try model.fit(x: x, y: y, batchSize: 17, verbosity: .silent)
    let results = try model.evaluate(x: x, y: y, batchSize: 40)
    for name in ["loss", "positive"] {
      #expect(abs(history[name][0] - results[name]!) < 1e-5)
    }
  }

  private static func rows(_ tensor: Tensor, _ range: Range<Int>) throws -> Tensor {
    let size = tensor.dimensions[1]
    let numbers = try tensor.elements(as: Float.self)
    return try Tensor(
      Array(numbers[range.lowerBound * size..<range.upperBound * size]),
      dimensions: [range.count, size])
  }
}
