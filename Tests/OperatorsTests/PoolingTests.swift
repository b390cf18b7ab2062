import StaticGraph
import Testing

/// Pooling beyond what the samples show.
@Suite struct PoolingTests {
  private func run(
    _ x: Tensor, window: Int, _ build: (Value, PerAxis) -> Value
  ) throws -> (result: [Double], gradient: [Double]) {
    let graph = Graph()
    let value = graph.placeholder("x", type: x.type)
    let y = build(value, PerAxis(window))
    let gradient = try graph.gradient(of: sum(y), withRespectTo: value)
    let results = try Session(graph).run([y, gradient], feeding: [value: x])
    return (
      try results[0].elements(as: Double.self), try results[1].elements(as: Double.self)
    )
  }

  private func maxPooled(_ elements: [Double]) throws -> (result: [Double], gradient: [Double]) {
    try run(Tensor(elements, dimensions: [1, 2, 2, elements.count / 4]), window: 2) {
      maxPool($0, size: $1, strides: $1, padding: .valid)
    }
  }

  @Test func aNumberThatIsNoneShows() throws {
    for position in 0..<4 {
      var elements = [1.0, 4, 3, 2]
      elements[position] = .nan
      let (result, gradient) = try maxPooled(elements)
      #expect(result[0].isNaN)
      #expect(gradient == (0..<4).map { $0 == position ? 1 : 0 })
    }
    // In vectors of every length, beside channels that are whole.
    let channels = 21
    for channel in 0..<channels {
      var elements = (0..<4 * channels).map(Double.init)
      elements[channels + channel] = .nan
      let result = try maxPooled(elements).result
      #expect(result.indices.allSatisfy { result[$0].isNaN == ($0 == channel) })
    }
  }

  @Test func theLeastOfAllIsAnElementLikeOthers() throws {
    let (result, gradient) = try maxPooled([-.infinity, -.infinity, -.infinity, -.infinity])
    #expect(result == [-.infinity])
    #expect(gradient == [1, 0, 0, 0])
  }

  @Test func batchAndSizesMayBeOpen() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [nil, nil, 6, 2])
    let y = maxPool(x, size: [2, 3], strides: [2, 3], padding: .same)
    let z = avgPool(x, size: [1, 2, 3, 1], strides: [1, 2, 3, 1], padding: .same)
    #expect(y.shape == [nil, nil, 2, 2] && z.shape == [nil, nil, 2, 2])
    let session = try Session(graph)
    for (batch, height) in [(3, 4), (1, 5), (2, 0), (0, 7)] {
      let feed = try Tensor.sample([batch, height, 6, 2]).converted(to: .float32)
      for result in try session.run([y, z], feeding: [x: feed]) {
        #expect(result.dimensions == [batch, (height + 1) / 2, 2, 2])
      }
    }
  }

  @Test func theNumberOfThreadsDoesNotMatter() throws {
    let types: [any Operator.Type] = [
      MaxPool.self, MaxPoolGrad.self, MaxPoolGradGrad.self, AvgPool.self, AvgPoolGrad.self,
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

  @Test func sizesBeyondAllMemoryAreTold() throws {
    let graph = Graph()
    let huge = Int(Int32.max)
    let x = graph.placeholder("x", Float32.self, shape: [0, huge, huge, huge])
    let y = maxPool(x, size: PerAxis(huge), strides: 1, padding: .same)
    let empty = try Tensor(zeros: .float32, dimensions: [0, huge, huge, huge])
    #expect(try Session(graph).run(y, feeding: [x: empty]).elementCount == 0)

    let other = Graph()
    let image = other.placeholder("x", Float32.self, shape: [1, huge + 1, 1, 1])
    _ = maxPool(image, size: 1, padding: .same)
    #expect(throws: GraphError.self) { _ = try Session(other) }
  }

  @Test func numbersForHeightAndWidth() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [1, 4, 6, 8])
    let calls = [
      maxPool(x, size: 2), maxPool(x, size: [2, 3], dataFormat: .nchw),
      maxPool(x, size: 3, padding: .explicit, explicitPaddings: [1, 2, 0, 1]),
      maxPool(
        x, size: [1, 1, 2, 2], padding: .explicit, explicitPaddings: [0, 1, 1, 0],
        dataFormat: .nchw),
    ]
    #expect(calls.map(\.shape) == [[1, 2, 3, 8], [1, 4, 3, 2], [1, 2, 2, 8], [1, 4, 3, 4]])
    _ = avgPool(x, size: [1, 2, 3])
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(
      error?.diagnostics.first?.message
        == "avgPool: size must be [1, height, width, 1], each above 0, but it is"
        + " [1, 2, 3]")
  }

  @Test func callsInGraphFiles() {
    var functions: [String: String] = [:]
    for function in OperatorRegistry.standard.operators.compactMap({ $0.function }) {
      functions[function.name] = function.declaration
    }
    #expect(
      functions["maxPool"]
        == "maxPool(_ input, size, strides = size, padding = .valid, explicitPaddings = [],"
        + " dataFormat = .nhwc)")
    #expect(
      functions["avgPool"]
        == "avgPool(_ value, size, strides = size, padding = .valid, dataFormat = .nhwc)")
  }
}
