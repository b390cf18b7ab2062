import StaticGraph
import Testing

/// The same bits for any number of threads, and from one session to the next.
@Suite struct DeterminismTests {
  static let names = testedOperators.map { $0.name }
  static let threadCounts = [1, 2, 3, 8]

  /// The samples as they are, in every type, all of an operator in one graph.
  @Test(arguments: names)
  func samplesGiveTheSameBits(_ name: String) throws {
    let operatorType = OperatorRegistry.standard.operator(named: name)!
    for group in SampleGroup.all(of: operatorType) {
      let expected = try results(group.graph, group.fetches, group.feeds, threads: 1)
      for threads in Self.threadCounts.dropFirst() {
        let found = try results(group.graph, group.fetches, group.feeds, threads: threads)
        #expect(found == expected, "\(name), \(threads) threads")
      }
    }
  }

  /// Samples with so many elements that several threads share the work.
  @Test(arguments: names)
  func largeSamplesGiveTheSameBits(_ name: String) throws {
    let operatorType = OperatorRegistry.standard.operator(named: name)!
    for large in LargeSample.some(of: operatorType) {
      // Numbers that do not fit, as positions outside, are no matter of threads.
      guard let expected = try? results(large, threads: 1) else { continue }
      for threads in Self.threadCounts.dropFirst() {
        let found = try results(large, threads: threads)
        #expect(found == expected, "\(large.sampleCase), \(threads) threads")
      }
    }
  }

  @Test(arguments: ["MatMul", "Conv2D", "Sum", "Softmax", "Exp", "GatherV2", "UnsortedSegmentSum"])
  func largeSamplesAreFound(_ name: String) throws {
    let operatorType = try #require(OperatorRegistry.standard.operator(named: name))
    let samples = LargeSample.some(of: operatorType)
    #expect(samples.contains { $0.sampleCase.inputs.contains { $0.elementCount >= 4000 } })
  }

  private func results(_ large: LargeSample, threads: Int) throws -> [[Tensor]] {
    try results(large.graph.graph, large.graph.results, large.graph.feeds, threads: threads)
  }

  /// What two runs of a new session give.
  private func results(
    _ graph: Graph, _ fetches: [Value], _ feeds: [Value: Tensor], threads: Int
  ) throws -> [[Tensor]] {
    let session = try Session(graph, options: SessionOptions(threads: threads))
    return try (0..<2).map { _ in try session.run(fetches, feeding: feeds) }
  }

  private static let network = """
    placeholder images: Float32[?, 16, 16, 3]
    placeholder labels: Int32[?]
    variable filters = heNormal([5, 5, 3, 16])
    variable bias = zeros([16])
    variable deeper = heNormal([3, 3, 16, 24])
    variable weights = heNormal([384, 10])
    let features = relu(biasAdd(conv2D(images, filters, padding: .same), bias))
    let pooled = maxPool(features, size: 2)
    let more = maxPool(relu(conv2D(pooled, deeper, padding: .same)), size: 2)
    let scores = matmul(reshape(more, to: [-1, 384]), weights)
    output loss = mean(sparseSoftmaxCrossEntropyWithLogits(scores, labels).loss)
    target train = minimize(loss, by: .adam(learningRate: 0.01))
    """

  /// Every variable and every loss after five steps of Adam.
  @Test func trainingGivesTheSameBits() throws {
    let frozen = try GraphCompiler().compile(
      SourceFile(name: "network.graph", text: Self.network)
    ).frozen().seeded(with: 7)
    let images = try Tensor.sample([24, 16, 16, 3]).converted(to: .float32)
    let labels = Tensor((0..<24).map { Int32($0 % 10) })
    func trained(threads: Int) throws -> (losses: [Tensor], variables: [String: Tensor]) {
      let session = try Session(frozen, options: SessionOptions(threads: threads))
      try session.initializeVariables()
      func node(_ name: String) throws -> GraphNode {
        try #require(session.graph.node(named: name))
      }
      let feeds = [try node("images").output: images, try node("labels").output: labels]
      let losses = try (0..<5).map { _ in
        try session.run(
          [try node("loss").output], targets: [try node("train")], feeding: feeds)[0]
      }
      return (losses, session.variables.values)
    }
    let expected = try trained(threads: 1)
    // Four variables, two moments of each, and the powers of Adam's decays or its count of steps.
    #expect(expected.variables.count > 12)
    #expect(
      try expected.losses[4].scalar(as: Float.self) < expected.losses[0].scalar(as: Float.self))
    for threads in Self.threadCounts {
      let found = try trained(threads: threads)
      #expect(found.losses == expected.losses, "\(threads) threads")
      for (name, value) in expected.variables {
        #expect(found.variables[name] == value, "\(name), \(threads) threads")
      }
    }
  }
}
