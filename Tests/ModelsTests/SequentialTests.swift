import StaticGraph
import Testing

/// Chains of layers: built, trained, asked.
@Suite struct SequentialTests {
  @Test func exampleLearns() throws {
    let model = Sequential(seed: 1) {
      Conv2D(filters: 4, kernelSize: 3, padding: .same, activation: .relu)
      MaxPooling2D(poolSize: 2)
      Flatten()
      Dense(16, activation: .relu)
      Dense(3)
    }
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    let (x, y) = try Self.bars(count: 90)
    let history = try model.fit(
      x: x, y: y, epochs: 8, batchSize: 20, validation: (x: x, y: y), verbosity: .silent)
    #expect(history.names == ["loss", "accuracy", "val_loss", "val_accuracy"])
    #expect(history["loss"].last! < history["loss"].first! / 2)
    let results = try model.evaluate(x: x, y: y)
    #expect(results["accuracy"]! > 0.95)
    #expect(abs(results["loss"]! - history["val_loss"].last!) < 1e-5)
    let scores = try model.predict(x, batchSize: 7)
    #expect(scores.dimensions == [90, 3])
  }

  /// Pictures with a bright bar in one of three places.
  static func bars(count: Int) throws -> (x: Tensor, y: Tensor) {
    var pixels: [Float] = []
    var labels: [Int32] = []
    for number in 0..<count {
      let place = number % 3
      labels.append(Int32(place))
      for row in 0..<6 {
        for column in 0..<6 {
          let noise = Float((number * 31 + row * 7 + column * 13) % 17) / 40
          pixels.append(column / 2 == place ? 1 - noise : noise)
        }
      }
    }
    return (try Tensor(pixels, dimensions: [count, 6, 6, 1]), Tensor(labels))
  }
}
