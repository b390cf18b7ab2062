import Foundation
import PythonSupport
import StaticGraph
import Testing

/// Training on labelled images.
@Suite struct TrainerTests {
  /// Bright images of class 1 and dark ones of class 0.
  private func examples(_ count: Int) throws -> Examples {
    var bytes: [UInt8] = []
    for number in 0..<count {
      for pixel in 0..<4 {
        bytes.append(UInt8((number % 2 == 0 ? 10 : 200) + (number + pixel) % 7))
      }
    }
    let pixels = try Tensor(bytes, dimensions: [count, 2, 2, 1])
    return try Examples(
      pixels: pixels, labels: Tensor((0..<count).map { Int32($0 % 2) }))
  }

  private static let source = """
    placeholder images: Float32[?, 2, 2, 1]
    placeholder labels: Int32[?]
    variable weights = heNormal([4, 2])
    variable bias = zeros([2])
    let scores = matmul(reshape(images, to: [-1, 4]), weights) + bias
    let losses = sparseSoftmaxCrossEntropyWithLogits(scores, labels)
    output loss = mean(losses.loss)
    let hits = equal(argMax(scores, axis: 1, type: .int32), labels)
    output accuracy = mean(cast(hits, to: .float32))
    target train = minimize(loss, by: .adam(learningRate: 0.1))
    """

  private func session(seed: UInt64, threads: Int) throws -> (Session, GraphNode) {
    let compiled = try GraphCompiler().compile(SourceFile(name: "model.graph", text: Self.source))
    let frozen = try compiled.frozen().seeded(with: seed)
    let session = try Session(frozen, options: SessionOptions(threads: threads))
    try session.initializeVariables()
    return (session, try #require(session.graph.node(named: "train")))
  }

  @Test func learnsAndIsTheSameForAnyNumberOfThreads() throws {
    var states: [[String: Tensor]] = []
    for threads in [1, 2] {
      let (session, train) = try session(seed: 3, threads: threads)
      let trainer = try Trainer(session, target: train)
      #expect(trainer.metricNames == ["loss", "accuracy"])
      var losses: [Double] = []
      let steps = try trainer.train(examples(40), batchSize: 8, epochs: 0..<6, seed: 1) {
        losses.append($0.metrics[0])
        return true
      }
      #expect(steps == 30)
      #expect(losses.last! < losses.first!)
      #expect(try trainer.evaluate(examples(10))["accuracy"] == 1)
      states.append(session.variables.values)
    }
    #expect(states[0] == states[1])
  }

  @Test func goesOnWhereAnotherRunStopped() throws {
    let (whole, train) = try session(seed: 5, threads: 1)
    try Trainer(whole, target: train).train(examples(40), batchSize: 8, epochs: 0..<2, seed: 1)
    let (first, firstTrain) = try session(seed: 5, threads: 1)
    try Trainer(first, target: firstTrain).train(
      examples(40), batchSize: 8, epochs: 0..<2, seed: 1
    ) { $0.number < 7 }
    let (second, secondTrain) = try session(seed: 9, threads: 1)
    try second.variables.set(first.variables.values)
    try Trainer(second, target: secondTrain).train(
      examples(40), batchSize: 8, epochs: 1..<2, seed: 1, done: 7)
    #expect(second.variables.values == whole.variables.values)
  }

  @Test func changedExamplesGoOnAsWell() throws {
    let page = try String(
      contentsOf: Python.root.appendingPathComponent(
        "Sources/StaticGraph/StaticGraph.docc/LookingAtTraining.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = source.split(separator: "\n").drop { !$0.hasPrefix("    // The page") }.dropFirst()
      .prefix(5).map { $0.dropFirst(4) }
    #expect(page.contains("```swift\n\(lines.joined(separator: "\n"))\n```"))

    let data = DataSet(name: "bright and dark", training: try examples(40), test: try examples(4))
    // The page shows this.
    let training = data.training.mapEachEpoch(seed: 1) { image, _, random in
      if Bool.random(using: &random) { image.flipHorizontally() }
      image.shift(
        rows: .random(in: -2...2, using: &random), columns: .random(in: -2...2, using: &random))
    }
    func trained(stoppingAfter step: Int) throws -> [String: Tensor] {
      let (run, train) = try session(seed: 5, threads: 1)
      let trainer = try Trainer(run, target: train)
      try trainer.train(training, batchSize: 8, epochs: 0..<2, seed: 1) { $0.number < step }
      if step < 10 {
        try trainer.train(training, batchSize: 8, epochs: step / 5..<2, seed: 1, done: step)
      }
      return run.variables.values
    }
    let whole = try trained(stoppingAfter: 10)
    for step in [3, 5, 7] { #expect(try trained(stoppingAfter: step) == whole) }
    let (unchanged, train) = try session(seed: 5, threads: 1)
    try Trainer(unchanged, target: train).train(
      examples(40), batchSize: 8, epochs: 0..<2, seed: 1)
    #expect(unchanged.variables.values != whole)
  }
}
