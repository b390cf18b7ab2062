import StaticGraph

/// A graph of operators, types, shapes and attributes that a seed chooses.
///
/// Each step applies an operator with random attributes, as its form says, or with the attributes
/// of one of its samples where it has no form. Its numbers are earlier values of the graph as a rule. A step that the
/// shape rule or the run rejects, or whose numbers are large, is left out.
struct RandomGraph: Sendable {
  let seed: UInt64
  /// The type of most of its numbers.
  let numberType: DataType
  private(set) var frozen: FrozenGraph
  private(set) var feeds: [Endpoint: Tensor] = [:]
  /// The placeholders of floating-point numbers.
  private(set) var inputs: [Endpoint] = []
  /// What to compare: the last ones of the values that nothing reads.
  private(set) var results: [RandomValue] = []
  /// The values that operators can take.
  private var pool: [RandomValue] = []
  /// The values that nothing may read, since less is known of them than of the others.
  private var deadEnds: [RandomValue] = []
  private var random: RandomNumbers

  private static let limits = GraphLimits(byteCount: 1 << 20)
  private static let largest = 1e3
  private static let largestInteger = 1e6
  private static let mostElements = 300
  private static let attempts = 40

  init(seed: UInt64) {
    self.seed = seed
    random = RandomNumbers(seed: seed)
    numberType =
      random.happens(92)
      ? random.choose([.float64, .float32]) : random.choose([.int32, .int64, .uint8])
    frozen = FrozenGraph(limits: Self.limits)
    let graph = Graph(limits: Self.limits)
    var types = (0..<random.integer(1...3)).map { _ in numberType }
    if random.happens(30) { types.append(random.choose([.int32, .int64, .bool])) }
    for (number, type) in types.enumerated() {
      let tensor = random.tensor(type, random.sizes(ranks: 0...4))
      let x = graph.placeholder("x\(number)", type: tensor.type).endpoint
      feeds[x] = tensor
      if type.isFloatingPoint { inputs.append(x) }
      pool.append(RandomValue(endpoint: x, tensor: tensor, isLive: type.isFloatingPoint))
    }
    frozen = graph.snapshot { $0 }
    for _ in 0..<random.integer(2...8) { addStep() }
    let read = Set(frozen.nodes.flatMap(\.inputs))
    let ends = (pool + deadEnds).filter {
      !read.contains($0.endpoint) && feeds[$0.endpoint] == nil
    }
    results =
      ends.isEmpty
      ? [pool.last!] : ends.filter(\.isLive).suffix(4) + ends.filter { !$0.isLive }.suffix(3)
  }

  /// The operators in the order of the nodes, for messages.
  var description: String {
    let names = frozen.nodes.map(\.operatorName).filter { $0 != "Const" && $0 != "Placeholder" }
    return "random graph \(seed), \(numberType): \(names.joined(separator: " "))"
  }

  /// The feeds as values of a graph that has the placeholders.
  func fed(_ graph: Graph) -> [Value: Tensor] {
    Dictionary(uniqueKeysWithValues: feeds.map { (graph.value(at: $0), $1) })
  }

  // MARK: - Steps

  private mutating func addStep() {
    for _ in 0..<Self.attempts {
      let recipe = random.choose(Recipe.all)
      guard
        let stepType = recipe.numberType(
          in: numberType, pool.map(\.tensor.dataType), using: &random)
      else { continue }
      let trial = Graph(frozen)
      var step = RandomStep(
        recipe: recipe, graph: trial, numberType: stepType,
        floatType: numberType.isFloatingPoint ? numberType : .float32, pool: pool,
        random: RandomNumbers(seed: random.next()), ranges: recipe.ranges)
      guard let node = recipe.form.map({ $0(&step) }) ?? step.takeSample(), node.isValid,
        trial.diagnostics.isEmpty
      else { continue }
      let outputs = node.outputs.filter(\.isValid)
      guard let tensors = computed(outputs, trial) else { continue }
      let live = liveNodes(in: trial.snapshot { $0 })
      frozen = trial.snapshot { $0 }
      for (output, tensor) in zip(outputs, tensors) {
        let value = RandomValue(
          endpoint: output.endpoint, tensor: tensor,
          isLive: live.contains(output.endpoint.node) && tensor.dataType.isFloatingPoint)
        if isTaken(tensor.dataType) { pool.append(value) } else { deadEnds.append(value) }
      }
      return
    }
  }

  /// The nodes that a step appended and that depend on placeholders in a way that can be
  /// differentiated.
  private func liveNodes(in longer: FrozenGraph) -> Set<Int32> {
    var live = Set(pool.filter(\.isLive).map(\.endpoint))
    var nodes: Set<Int32> = []
    for position in frozen.nodes.count..<longer.nodes.count {
      let node = longer.nodes[position]
      guard case .rule = type(of: node.operation).gradient,
        node.inputs.contains(where: live.contains)
      else { continue }
      nodes.insert(Int32(position))
      for (number, output) in node.outputs.enumerated() where output.dataType.isFloatingPoint {
        live.insert(Endpoint(node: position, output: number))
      }
    }
    return nodes
  }

  /// Whether steps may take values of a type: numbers of another floating-point type are less
  /// exact, or seem to be more.
  private func isTaken(_ type: DataType) -> Bool {
    type.isFloatingPoint ? type == numberType : DataType.computed.contains(type)
  }

  /// The values, where they can be computed and have numbers to compute on with.
  private func computed(_ outputs: [Value], _ trial: Graph) -> [Tensor]? {
    // What was there before is known.
    var feeds: [Value: Tensor] = [:]
    for value in pool { feeds[trial.value(at: value.endpoint)] = value.tensor }
    guard
      let results = try? Session(trial, options: .init(threads: 1)).run(outputs, feeding: feeds)
    else { return nil }
    return results.allSatisfy(isUsable) ? results : nil
  }

  private func isUsable(_ tensor: Tensor) -> Bool {
    guard tensor.elementCount <= Self.mostElements, tensor.dataType != .string else {
      return false
    }
    // What follows from Float32 is no more exact in Float64.
    if tensor.dataType == .float64, numberType != .float64 { return false }
    let largest = tensor.dataType.isFloatingPoint ? Self.largest : Self.largestInteger
    return tensor.lies(in: -largest...largest)
  }
}

extension RandomStep {
  /// The operator as one of its samples has it, with other numbers.
  mutating func takeSample() -> GraphNode? {
    let sample = random.choose(recipe.samples)
    let inputs = sample.inputs.enumerated().map { position, tensor -> Value in
      let isNumber = tensor.dataType == .float64
      let type = isNumber && sample.triesEveryType ? numberType : tensor.dataType
      let asItIs = graph.constant((try? tensor.converted(to: type)) ?? tensor)
      guard random.happens(isNumber ? 90 : 25) else { return asItIs }
      if isNumber, random.happens(60) {
        return operand(position, sizes: tensor.dimensions, type: type).value
      }
      return operand(position, type: type).value
    }
    func append(_ operation: some Operator) -> GraphNode {
      graph.append(operation, inputs, origin: .unknown)
    }
    return append(sample.operation)
  }
}
