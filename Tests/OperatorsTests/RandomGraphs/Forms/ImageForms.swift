import StaticGraph

extension OperatorForms {
  /// Operators on images.
  static let images: [String: OperatorForm] = [
    "DepthToSpace": { step in
      let block = step.random.integer(2...3)
      return step.blocks(block, [step.size(), step.size(), step.size(), block * block])
    },
    "SpaceToDepth": { step in
      let block = step.random.integer(2...3)
      let counts = [step.random.integer(0...2), step.random.integer(1...2)]
      return step.blocks(block, [step.size()] + counts.map { $0 * block } + [step.size()])
    },
    "LRN": { step in
      guard step.numberType == .float32 else { return nil }
      return step.apply([step.operand(ranks: 4...4)], step.response())
    },
    // TensorFlow has no gradient of it, which gradients of gradients need.
    "LRNGrad": { step in
      guard step.numberType == .float32 else { return nil }
      let sizes = step.random.sizes(ranks: 4...4)
      return step.apply(
        (0..<3).map { _ in step.constant(step.numberType, sizes) }, step.response())
    },
    "ResizeBilinear": resizing,
    "ResizeNearestNeighbor": resizing,
    "ResizeBilinearGrad": { step in
      guard step.numberType.isFloatingPoint, let x = step.pictures(1) else { return nil }
      let sizes = [
        x.sizes[0], step.random.integer(1...5), step.random.integer(1...5), x.sizes[3],
      ]
      return step.apply([step.operand(0, sizes: sizes, type: .float32), x], step.placement())
    },
    "ResizeNearestNeighborGrad": { step in
      guard let flow = step.pictures(0) else { return nil }
      let size = step.vector([1, 2].map { _ in step.random.integer(1...5) }, .int32)
      return step.apply([flow.value, size], step.placement())
    },
  ]

  private static let resizing: OperatorForm = { step in
    guard let x = step.pictures(0) else { return nil }
    let size = step.vector([1, 2].map { _ in step.random.integer(1...5) }, .int32)
    return step.apply([x.value, size], step.placement())
  }

  /// Operators on the windows of images: the images, and what belongs to them or their windows.
  static let pooling: OperatorForm = { step in
    guard var operation = step.recipe.operatorType.init() as? any PoolingOperator,
      let x = step.pictures(0)
    else { return nil }
    let name = step.recipe.name
    let windows = step.windows(in: x.sizes)
    operation.windows = windows
    var sizeInputs: [Value] = []
    if name.hasSuffix("V2") {
      operation.windows = PoolingWindows(padding: windows.padding, dataFormat: windows.dataFormat)
      sizeInputs = [windows.sizes, windows.strides].map { step.vector($0, .int32) }
    }
    func append(_ operation: some Operator, _ inputs: [Value]) -> GraphNode {
      step.graph.append(operation, inputs, origin: .unknown)
    }
    var forward = MaxPool()
    forward.windows = windows
    let pooled = append(forward, [x.value]).output
    // TensorFlow's MaxPoolGradGrad clears what flows into it where its result has that shape.
    guard let sizes = pooled.shape.known, sizes != x.sizes else { return nil }
    guard name.contains("Grad") else { return append(operation, [x.value] + sizeInputs) }
    if name.hasPrefix("Avg") {
      return append(operation, [step.vector(x.sizes, .int32), step.operand(1, sizes: sizes).value])
    }
    let last = step.operand(2, sizes: name.contains("GradGrad") ? x.sizes : sizes)
    return append(operation, [x.value, pooled, last.value] + sizeInputs)
  }

  /// Images, scales and offsets.
  static let batchNormalization: OperatorForm = { step in
    guard let (x, operation, count) = step.normalized(0, hasAverage: true) else { return nil }
    let normalization = operation.normalization
    let isAlone = normalization.isTraining && normalization.averageFactor == 1
    let channels = [1, 2].map { step.operand($0, sizes: [count]).value }
    // TensorFlow does not differentiate by the moments, nor those that it gives.
    let moments = [-1.0...1, 0.5...2].map {
      step.constant(step.numberType, [isAlone ? 0 : count], in: $0).value
    }
    func append(_ operation: some Operator) -> GraphNode {
      step.graph.append(operation, [x.value] + channels + moments, origin: .unknown)
    }
    let node = append(operation)
    guard node.isValid else { return nil }
    return step.graph.append(
      IdentityN(), [node.output(0)] + [1, 2].map { stopGradient(node.output($0)) },
      origin: .unknown)
  }

  /// What flows back, the images, the scales and the moments that the images have or were given.
  static let batchNormalizationGradient: OperatorForm = { step in
    guard let (x, operation, count) = step.normalized(1, hasAverage: false) else { return nil }
    let normalization = operation.normalization
    let scale = step.operand(2, sizes: [count]).value
    func append(_ operation: some Operator, _ inputs: [Value]) -> GraphNode {
      step.graph.append(operation, inputs, origin: .unknown)
    }
    let given = [-1.0...1, 0.5...2].map { step.constant(step.numberType, [count], in: $0).value }
    var reserved = given
    if normalization.isTraining {
      // To TensorFlow the moments of a batch follow from the images.
      var forward = FusedBatchNormV3()
      forward.normalization = normalization
      let nothing = step.constant(step.numberType, [0]).value
      let node = append(forward, [x.value, scale, given[0], nothing, nothing])
      guard node.isValid else { return nil }
      reserved = [node.output(3), node.output(4)]
    }
    if step.recipe.operatorType.signature.inputs.count > 5 {
      reserved.append(step.constant(step.numberType, []).value)
    }
    let flow = step.operand(0, sizes: x.sizes).value
    let node = append(operation, [flow, x.value, scale] + reserved)
    guard node.isValid else { return nil }
    return append(IdentityN(), (0..<3).map { node.output($0) })
  }
}

extension RandomStep {
  /// Images with pixels and channels.
  fileprivate mutating func pictures(_ position: Int) -> Operand? {
    let x = operand(position, ranks: 4...4)
    return x.sizes[1...].contains(0) ? nil : x
  }

  /// An operator on blocks of pixels, on images of those sizes with channels last.
  fileprivate mutating func blocks(_ block: Int, _ sizes: [Int]) -> GraphNode? {
    let format: DataFormat = random.choose([.nhwc, .nhwc, .nchw])
    let ordered = format == .nhwc ? sizes : [sizes[0], sizes[3], sizes[1], sizes[2]]
    return apply(
      [operand(0, sizes: ordered)],
      ["block_size": .integer(Int64(block)), "data_format": .bytes(Array(format.rawValue.utf8))])
  }

  /// How channels near an element count.
  fileprivate mutating func response() -> KeyValuePairs<String, AttributeValue> {
    [
      "depth_radius": .integer(Int64(random.integer(0...3))),
      "bias": .number(random.choose([0.5, 1, 2])), "alpha": .number(random.choose([0.1, 0.5, 1])),
      "beta": .number(random.choose([0.5, 0.75, 1])),
    ]
  }

  /// Where pixels of another size lie.
  fileprivate mutating func placement() -> KeyValuePairs<String, AttributeValue> {
    let choice = random.integer(0...2)
    return ["align_corners": .flag(choice == 1), "half_pixel_centers": .flag(choice == 2)]
  }

  /// Windows that lie in images of those sizes.
  fileprivate mutating func windows(in sizes: [Int]) -> PoolingWindows {
    let format: DataFormat = random.choose([.nhwc, .nhwc, .nchw])
    let isSame = random.happens(50)
    var windows = PoolingWindows(padding: isSame ? .same : .valid, dataFormat: format)
    for axis in format == .nhwc ? [1, 2] : [2, 3] {
      windows.sizes[axis] = random.integer(1...(isSame ? 3 : min(3, sizes[axis])))
      windows.strides[axis] = random.integer(1...3)
    }
    return windows
  }

  /// Images for an input, the operator that normalises them, and how many channels they have.
  fileprivate mutating func normalized(
    _ position: Int, hasAverage: Bool
  ) -> (x: Operand, operation: any BatchNormalizing, count: Int)? {
    guard numberType == .float32, let x = pictures(position),
      var operation = recipe.operatorType.init() as? any BatchNormalizing
    else { return nil }
    operation.normalization = Operators.BatchNormalization(
      epsilon: random.choose([0.01, 0.1, 1]),
      averageFactor: hasAverage ? random.choose([1, 1, 0.25, 0.75]) : 1,
      dataFormat: random.choose([.nhwc, .nhwc, .nchw]), isTraining: random.happens(70))
    return (x, operation, x.sizes[operation.normalization.dataFormat == .nhwc ? 3 : 1])
  }
}
