import StaticGraph
import Testing

/// Functions that are made of convolutions, and others of networks.
@Suite struct ConvolutionFunctionTests {
  private func numbers(_ value: Value, _ feeds: [Value: Tensor] = [:]) throws -> [Double] {
    try Session(value.graph).run(value, feeding: feeds).elements(as: Double.self)
  }

  @Test func conv1DIsAConvolutionOfLines() throws {
    let graph = Graph()
    let sequence = graph.constant(Tensor([1.0, 2, 3, 4, 5, 6]), as: .float64)
    let filter = graph.constant(Tensor([1.0, 10]), as: .float64)
    let last = conv1D(
      reshape(sequence, to: [1, 6, 1]), reshape(filter, to: [2, 1, 1]), strides: 2)
    #expect(last.shape == [1, 3, 1])
    #expect(try numbers(last) == [21, 43, 65])
    let second = conv1D(
      reshape(sequence, to: [1, 1, 6]), reshape(filter, to: [2, 1, 1]), padding: .explicit,
      explicitPaddings: [2, 0], dilations: 3, dataFormat: .nchw)
    #expect(second.shape == [1, 1, 5])
    #expect(try numbers(second) == [20, 30, 41, 52, 63])
  }

  @Test func conv1DTellsItsRank() throws {
    let graph = Graph()
    _ = conv1D(graph.constant(Tensor.sample([3, 2])), graph.constant(Tensor.sample([2, 1, 1])))
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(
      error?.diagnostics[0].message == "conv1D: input must have rank 3, but it is Float64[3, 2]")
  }

  @Test(arguments: [Padding.same, .valid], [1, 2, 3])
  func conv2DTransposeIsTheGradient(_ padding: Padding, _ stride: Int) throws {
    for format in DataFormat.allCases {
      let graph = Graph()
      let type = TensorType(.float64, .unknown(rank: 4))
      let small = graph.placeholder("small", type: type)
      let filter = graph.constant(Tensor.sample([2, 3, 2, 4], seed: 2))
      let large = conv2DTranspose(
        small, filter, strides: PerAxis(stride), padding: padding, dataFormat: format)
      let sizes = format == .nhwc ? [2, 3, 4, 4] : [2, 4, 3, 4]
      let tensor = Tensor.sample(sizes)
      let result = try Session(graph).run(large, feeding: [small: tensor])
      let height = padding == .same ? 3 * stride : 3 * stride + max(2 - stride, 0)
      let width = padding == .same ? 4 * stride : 4 * stride + max(3 - stride, 0)
      #expect(
        result.dimensions == (format == .nhwc ? [2, height, width, 2] : [2, 2, height, width]))
      let image = graph.constant(Tensor.sample(result.dimensions, seed: 3))
      let back = conv2D(
        image, filter, strides: PerAxis(stride), padding: padding, dataFormat: format)
      let products = [sum(back * small), sum(image * large)]
      let sums = try Session(graph).run(products, feeding: [small: tensor])
        .map { try $0.scalar(as: Double.self) }
      #expect(abs(sums[0] - sums[1]) < 1e-10)
    }
  }

  @Test func conv2DTransposeKnowsItsShape() throws {
    let graph = Graph()
    let small = graph.placeholder("small", type: TensorType(.float32, [nil, 7, 7, 8]))
    let filter = graph.placeholder("filter", type: TensorType(.float32, [3, 3, 5, 8]))
    #expect(conv2DTranspose(small, filter, strides: 2, padding: .same).shape == [nil, 14, 14, 5])
    #expect(
      conv2DTranspose(small, filter, outputSizes: [13, 14], strides: 2, padding: .same).shape
        == [nil, 13, 14, 5])
    #expect(
      conv2DTranspose(
        small, filter, strides: 2, padding: .explicit, explicitPaddings: [1, 0, 1, 0]
      ).shape == [nil, 14, 14, 5])
    let open = graph.placeholder("open", type: TensorType(.float32, .unknown(rank: 4)))
    _ = conv2DTranspose(small, open, strides: 2)
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(
      error?.diagnostics[0].message
        == "conv2DTranspose: filter is Float32[?, ?, ?, ?], but its height and width must be known")
  }

  @Test func dropoutKeepsTheMean() throws {
    let graph = Graph()
    let x = graph.placeholder("x", type: TensorType(.float32, [nil]))
    let rate = graph.placeholder("rate", type: TensorType(.float32, .scalar))
    let dropped = dropout(x, rate: 0.25, seed: 3, seed2: 4)
    let fed = dropout(x, rate: rate)
    let gradient = try graph.gradient(of: sum(dropped), withRespectTo: x)
    let ones = try Tensor(repeating: Float(3), dimensions: [20_000])
    let results = try Session(graph).run(
      [dropped, gradient, fed], feeding: [x: ones, rate: Tensor(Float(0))])
    let numbers = try results[0].elements(as: Float.self)
    let zeroCount = numbers.count { $0 == 0 }
    #expect(abs(Double(zeroCount) / 20_000 - 0.25) < 0.02)
    #expect(numbers.allSatisfy { $0 == 0 || abs($0 - 4) < 1e-6 })
    let slopes = try results[1].elements(as: Float.self)
    #expect(zip(numbers, slopes).allSatisfy { abs($0.0 / 3 - $0.1) < 1e-6 })
    #expect(results[2] == ones)
  }

  @Test func dropoutTellsItsRate() throws {
    let graph = Graph()
    _ = dropout(graph.constant([1.0, 2]), rate: 1)
    _ = dropout(graph.constant([1, 2]), rate: 0.5)
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(
      error?.diagnostics.map(\.message) == [
        "dropout: rate must be at least 0 and below 1, but it is 1.0",
        "dropout: x must be floating-point numbers, but it is Int32[2]",
      ])
  }

  @Test func layerNormalizationHasMeanAndVariance() throws {
    let graph = Graph()
    let x = graph.constant(Tensor.sample([3, 5]))
    let normal = layerNormalization(
      x, scale: graph.constant(Tensor([1.0, 2, 3, 4, 5]), as: .float64),
      offset: graph.constant(Tensor(0.5), as: .float64), epsilon: 0.01)
    let all = try Tensor.sample([3, 5]).elements(as: Double.self)
    let result = try numbers(normal)
    for row in 0..<3 {
      let line = all[row * 5..<row * 5 + 5]
      let mean = line.reduce(0, +) / 5
      let variance = line.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
      for column in 0..<5 {
        let expected =
          (all[row * 5 + column] - mean) / (variance + 0.01).squareRoot() * Double(column + 1) + 0.5
        #expect(abs(result[row * 5 + column] - expected) < 1e-12)
      }
    }
  }

  @Test func graphFilesCallThem() throws {
    let text = """
      placeholder x: Float64[?, 8, 8, 2]
      placeholder f: Float64[3, 3, 2, 4]
      placeholder t: Float64[3, 3, 5, 2]
      placeholder s: Float64[2, 9, 2]
      placeholder w: Float64[3, 2, 4]
      placeholder d: Float64[2, 2, 2, 3]
      let a = conv2D(x, f, strides: 2, padding: .same)
      let b = conv2D(x, f, padding: .explicit, explicitPaddings: [1, 0, 1, 0], dilations: [2, 1])
      let c = conv2DTranspose(x, t, strides: [2, 1], padding: .same)
      let e = conv1D(s, w, strides: 2)
      let g = depthwiseConv2D(x, d)
      let h = layerNormalization(dropout(x, rate: 0.5), axes: -1, scale: [2, 3])
      output a, b, c, e, g, h
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: text))
    let shapes: [String: Shape] = [
      "a": [nil, 4, 4, 4], "b": [nil, 5, 7, 4], "c": [nil, 16, 8, 5], "e": [2, 4, 4],
      "g": [nil, 7, 7, 6], "h": [nil, 8, 8, 2],
    ]
    for (name, shape) in shapes {
      #expect(graph.node(named: name)?.output.shape == shape, "\(name)")
    }
  }
}
