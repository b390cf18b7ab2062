import StaticGraph
import Testing

/// Normalisation beyond what the samples show.
@Suite struct NormalizationTests {
  /// Images of that mean, and of a standard deviation near 1.15.
  private func images(_ sizes: [Int], mean: Double) throws -> Tensor {
    let numbers = try Tensor.sample(sizes).elements(as: Double.self).map { $0 + mean }
    return try Tensor(numbers, dimensions: sizes).converted(to: .float32)
  }

  @Test(arguments: [DataFormat.nhwc, .nchw])
  func aLargeMeanLosesNothing(_ format: DataFormat) throws {
    let sizes = format == .nhwc ? [8, 40, 40, 3] : [8, 3, 40, 40]
    let axes = format == .nhwc ? [0, 1, 2] : [0, 2, 3]
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: Shape(sizes))
    let ones = graph.constant([1, 1, 1] as Tensor, as: .float32)
    let (y, batchMean, batchVariance) = fusedBatchNorm(
      x, scale: ones, offset: 0 * ones, epsilon: 0, dataFormat: format)
    // The same in Float64.
    let wide = cast(x, to: .float64)
    let (center, spread) = moments(wide, axes: axes, keepDimensions: true)
    let expected = (wide - center) * rsqrt(spread)
    let error = max(abs(cast(y, to: .float64) - expected))
    let meanError = max(abs(cast(batchMean, to: .float64) - reshape(center, to: [3])))
    let count = Double(8 * 40 * 40)
    let unbiased = reshape(spread, to: [3]) * (count / (count - 1))
    let varianceError = max(abs(cast(batchVariance, to: .float64) - unbiased))
    for mean in [0, 10, 10_000.0] {
      let results = try Session(graph).run(
        [error, meanError, varianceError], feeding: [x: images(sizes, mean: mean)])
      let errors = try results.map { try $0.scalar(as: Double.self) }
      // A mean of this size has no more digits in Float32.
      #expect(errors[0] < 1e-6 + mean * 1e-7, "\(mean): \(errors)")
      #expect(errors[1] < 1e-7 + mean * 1e-7, "\(mean): \(errors)")
      #expect(errors[2] < 1e-6, "\(mean): \(errors)")
    }
  }

  @Test func momentsNeedNotBeGivenInTraining() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil, 2, 2, 2])
    let ones = graph.constant(Tensor([1.0, 1.0]))
    let (y, mean, variance) = fusedBatchNorm(x, scale: ones, offset: ones)
    #expect(y.shape == [nil, 2, 2, 2] && mean.shape == [2] && variance.shape == [2])
    let results = try Session(graph).run([y, mean], feeding: [x: .sample([3, 2, 2, 2])])
    #expect(results[0].dimensions == [3, 2, 2, 2])
    let function = OperatorRegistry.standard.operator(named: "FusedBatchNormV3")?.function
    #expect(
      function?.declaration
        == "fusedBatchNorm(_ x, scale, offset, mean = [], variance = [], epsilon = 0.0001,"
        + " exponentialAverageFactor = 1.0, dataFormat = .nhwc, isTraining = true)")
  }

  @Test func theNumberOfThreadsDoesNotMatter() throws {
    let types: [any Operator.Type] = [
      FusedBatchNormV3.self, FusedBatchNormGradV3.self, LRN.self, LRNGrad.self,
    ]
    for type in types {
      for sampleCase in SampleCase.all(of: type)
      where sampleCase.inputs.contains(where: { $0.elementCount > 30_000 }) {
        let sample = SampleGraph(sampleCase)
        let results = try [1, 2, 3].map { threads in
          try Session(sample.graph, options: SessionOptions(threads: threads))
            .run(sample.results, feeding: sample.feeds)
        }
        #expect(results[0] == results[1] && results[0] == results[2], "\(sampleCase)")
      }
    }
  }

  @Test func aRadiusBeyondAllChannelsIsNoMoreThanAll() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil, nil, nil, nil])
    let near = localResponseNormalization(x, depthRadius: 2)
    let far = localResponseNormalization(x, depthRadius: Int(Int32.max))
    let gradients = try [near, far].map { try graph.gradient(of: sum($0), withRespectTo: x) }
    let seconds = try gradients.map { try graph.gradient(of: sum($0), withRespectTo: x) }
    let results = try Session(graph).run(
      [near, far] + gradients + seconds, feeding: [x: .sample([2, 1, 2, 3])])
    #expect(results[0] == results[1] && results[2] == results[3] && results[4] == results[5])
  }
}
