import StaticGraph

/// A graph whose warm runs are watched.
struct WarmProgram {
  /// What is computed, run for its effect, and fed.
  struct Parts {
    var fetches: [Value]
    var targets: [GraphNode] = []
    var feeds: [Value: Tensor]
  }

  let name: String
  let build: (Graph) throws -> Parts

  /// The program, bound to its feeds and run once.
  func warmCall(threads: Int) throws -> BoundCall {
    let graph = Graph()
    let parts = try build(graph)
    let session = try Session(graph, options: SessionOptions(threads: threads))
    try session.initializeVariables()
    let feeds = Array(parts.feeds)
    let call = try session.prepare(
      fetches: parts.fetches, targets: parts.targets, feeds: feeds.map(\.key)
    ).bind(feeds.map(\.value))
    try call.run()
    return call
  }

  /// The programs, each of which takes several ways through kernels.
  static var all: [WarmProgram] {
    [
      WarmProgram(name: "derivative", build: derivative),
      WarmProgram(name: "training of a convolutional network", build: training),
      WarmProgram(name: "elementwise", build: elementwise),
      WarmProgram(name: "rows", build: rows),
      WarmProgram(name: "indices", build: indices),
      WarmProgram(name: "shapes", build: shapes),
      WarmProgram(name: "products", build: products),
      WarmProgram(name: "images", build: images),
      WarmProgram(name: "random numbers", build: random),
    ]
  }

  private static func derivative(_ graph: Graph) throws -> Parts {
    let x = graph.placeholder("x", Float64.self)
    let y = 2 * x * sin(.pi * x)
    return Parts(
      fetches: [y, try graph.gradient(of: y, withRespectTo: x)], feeds: [x: Tensor(1.5)])
  }

  /// One step of Adam.
  private static func training(_ graph: Graph) throws -> Parts {
    let images = graph.placeholder("images", Float32.self, shape: [8, 16, 16, 3])
    let labels = graph.placeholder("labels", Int32.self, shape: [8])
    func variable(_ name: String, _ sizes: [Int], seed: UInt64) throws -> Value {
      let value = Tensor.sample(sizes, in: -0.2...0.2, seed: seed)
      return graph.variable(name, initialValue: try value.converted(to: .float32))
    }
    let filters = try variable("filters", [5, 5, 3, 16], seed: 1)
    let bias = try variable("bias", [16], seed: 2)
    let weights = try variable("weights", [8 * 8 * 16, 10], seed: 3)
    let features = relu(biasAdd(conv2D(images, filters, padding: .same), bias))
    let flat = reshape(maxPool(features, size: 2), to: [8, 8 * 8 * 16])
    let losses = sparseSoftmaxCrossEntropyWithLogits(matmul(flat, weights), labels)
    let loss = mean(losses.loss)
    let train = try graph.minimize(loss, by: .adam(learningRate: 0.001))
    return Parts(
      fetches: [loss], targets: [train],
      feeds: [
        images: try Tensor.sample([8, 16, 16, 3]).converted(to: .float32),
        labels: Tensor([Int32](0..<8)),
      ])
  }

  /// Chains of more elements than one piece of work holds, with broadcasts.
  private static func elementwise(_ graph: Graph) throws -> Parts {
    var fetches: [Value] = []
    var feeds: [Value: Tensor] = [:]
    for type in [DataType.float32, .float64] {
      let x = graph.placeholder("x_\(type)", type: TensorType(type, [400, 300]))
      let row = graph.placeholder("row_\(type)", type: TensorType(type, [300]))
      feeds[x] = try Tensor.sample([400, 300]).converted(to: type)
      feeds[row] = try Tensor.sample([300], in: 1...2).converted(to: type)
      let y = tanh(x * row + 1) / (row + exp(-x * x))
      fetches += [y, select(greater(x, row), y, sqrt(abs(x))), cast(x, to: .int32)]
    }
    return Parts(fetches: fetches, feeds: feeds)
  }

  /// Reductions along every axis, and what is built on them.
  private static func rows(_ graph: Graph) throws -> Parts {
    let x = graph.placeholder("x", Float32.self, shape: [300, 400])
    let loss = sum(square(softmax(x)))
    return Parts(
      fetches: [
        softmax(x), logSoftmax(x), sum(x), sum(x, axes: [0]), mean(x * x, axes: [1]),
        max(x, axes: [0]), min(x, axes: [1]), argMax(x, axis: 1), cumsum(x, axis: 0), loss,
        try graph.gradient(of: loss, withRespectTo: x),
      ], feeds: [x: try Tensor.sample([300, 400]).converted(to: .float32)])
  }

  private static func indices(_ graph: Graph) throws -> Parts {
    let x = graph.placeholder("x", Float32.self, shape: [500, 300])
    let places = graph.placeholder("places", Int32.self, shape: [400])
    let gathered = gather(x, places)
    let slope = try graph.gradient(of: sum(gathered * gathered), withRespectTo: x)
    let indices = Tensor((0..<400).map { Int32($0 * 7 % 500) })
    return Parts(
      fetches: [gathered, slope, oneHot(places, depth: 500), gather(x, cast(places, to: .int64))],
      feeds: [x: try Tensor.sample([500, 300]).converted(to: .float32), places: indices])
  }

  private static func shapes(_ graph: Graph) throws -> Parts {
    let x = graph.placeholder("x", Float32.self, shape: [500, 300])
    let sliced = stridedSlice(x, begin: [10, 290], end: [450, 10], strides: [2, -1])
    let joined = concat([x, exp(x), x * 2], axis: 1)
    return Parts(
      fetches: [
        sliced, joined, transpose(x), reverse(x, axes: [1]), pad(x, paddings: [[1, 2], [3, 4]]),
        tile(x, multiples: [2, 1]), try graph.gradient(of: sum(square(sliced)), withRespectTo: x),
      ], feeds: [x: try Tensor.sample([500, 300]).converted(to: .float32)])
  }

  private static func products(_ graph: Graph) throws -> Parts {
    let a = graph.placeholder("a", Float32.self, shape: [300, 200])
    let b = graph.placeholder("b", Float32.self, shape: [200, 300])
    let batch = graph.placeholder("batch", Float64.self, shape: [6, 40, 40])
    return Parts(
      fetches: [matmul(a, b), matmul(b, a), batchMatmul(batch, batch)],
      feeds: [
        a: try Tensor.sample([300, 200]).converted(to: .float32),
        b: try Tensor.sample([200, 300]).converted(to: .float32), batch: .sample([6, 40, 40]),
      ])
  }

  private static func images(_ graph: Graph) throws -> Parts {
    let x = graph.placeholder("x", Float32.self, shape: [4, 20, 20, 8])
    let filters = graph.placeholder("filters", Float32.self, shape: [3, 3, 8, 16])
    let small = graph.placeholder("small", Float32.self, shape: [1, 1, 8, 16])
    let y = conv2D(x, filters, padding: .same)
    let pooled = avgPool(y, size: 2)
    return Parts(
      fetches: [
        y, conv2D(x, small, padding: .valid), conv2D(x, filters, strides: 2, padding: .valid),
        pooled, maxPool(x, size: 3),
        try graph.gradient(of: sum(square(pooled)), withRespectTo: x),
        try graph.gradient(of: sum(square(y)), withRespectTo: filters),
      ],
      feeds: [
        x: try Tensor.sample([4, 20, 20, 8]).converted(to: .float32),
        filters: try Tensor.sample([3, 3, 8, 16]).converted(to: .float32),
        small: try Tensor.sample([1, 1, 8, 16]).converted(to: .float32),
      ])
  }

  private static func random(_ graph: Graph) throws -> Parts {
    let x = graph.randomNormal([100_000], seed: 1, seed2: 2)
    return Parts(
      fetches: [x, graph.randomUniform([100_000], type: .float64, seed: 1), dropout(x, rate: 0.5)],
      feeds: [:])
  }
}
