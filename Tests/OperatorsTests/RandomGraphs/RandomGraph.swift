import StaticGraph

/// A graph of operators and inputs that a seed chooses.
///
/// Each step applies an operator with the attributes of one of its samples. Its numbers are
/// earlier values of the graph, as they are or in the sample's shape, brought into the range that
/// the operator's samples lie in; everything else is as in the sample. A step that the shape rule
/// or the run rejects, or whose numbers are large, is left out.
struct RandomGraph {
  private(set) var graph: Graph
  private(set) var feeds: [Endpoint: Tensor] = [:]
  /// The `Float64` placeholders.
  private(set) var inputs: [Endpoint] = []
  /// The values to compare: the last ones that nothing reads.
  private(set) var results: [Endpoint] = []
  /// The operators in the order of the nodes, for messages.
  private(set) var description = ""
  /// The values that operators can take.
  private var pool: [Endpoint] = []
  private var random: RandomNumbers
  let seed: UInt64

  private static let limits = GraphLimits(byteCount: 1 << 20)
  private static let largest = 1e3
  private static let attempts = 40

  init(seed: UInt64) {
    self.seed = seed
    random = RandomNumbers(seed: seed)
    graph = Graph(limits: Self.limits)
    for number in 0..<Int.random(in: 1...3, using: &random) {
      let rank = Int.random(in: 0...3, using: &random)
      let sizes = (0..<rank).map { _ in [0, 1, 2, 2, 3, 3, 4].randomElement(using: &random)! }
      let x = graph.placeholder("x\(number)", type: TensorType(.float64, Shape(sizes)))
      feeds[x.endpoint] = .sample(sizes, in: -2...2, seed: random.next() % 1_000_000)
      inputs.append(x.endpoint)
      pool.append(x.endpoint)
    }
    for _ in 0..<Int.random(in: 2...10, using: &random) { addStep() }
    let nodes = graph.snapshot { $0.nodes }
    let read = Set(nodes.flatMap(\.inputs))
    let ends = pool.filter { !read.contains($0) && !inputs.contains($0) }
    results = ends.isEmpty ? [pool.last!] : ends.suffix(4)
    let names = nodes.map(\.operatorName).filter { $0 != "Const" }
    description = "random graph \(seed): \(names.joined(separator: " "))"
  }

  private mutating func addStep() {
    for _ in 0..<Self.attempts {
      let (recipe, sample) = Recipe.random(using: &random)
      let trial = Graph(graph.snapshot { $0 })
      let arguments = sample.inputs.enumerated().map { position, tensor in
        argument(tensor, of: recipe, at: position, in: trial)
      }
      let outputs = append(sample.operation, arguments, to: trial).outputs
      guard trial.diagnostics.isEmpty, outputs.allSatisfy(\.isValid), isUsable(outputs, trial)
      else { continue }
      graph = trial
      pool += outputs.map(\.endpoint)
      return
    }
  }

  private func append(
    _ operation: some Operator, _ inputs: [Value], to graph: Graph
  ) -> GraphNode {
    graph.append(operation, inputs, origin: .unknown)
  }

  /// What stands for an input of a sample.
  private mutating func argument(
    _ tensor: Tensor, of recipe: Recipe, at position: Int, in trial: Graph
  ) -> Value {
    let candidates = pool.filter { trial.value(at: $0).dataType == tensor.dataType }
    // A path of a gradient that breaks tells little.
    let chance = tensor.dataType == .float64 && recipe.isDifferentiable ? 9 : 3
    guard let chosen = candidates.randomElement(using: &random),
      Int.random(in: 0..<10, using: &random) < chance
    else { return trial.constant(tensor) }
    let value = trial.value(at: chosen)
    guard tensor.dataType == .float64 else { return value }
    var result = value
    if Bool.random(using: &random), value.shape.known != tensor.dimensions {
      // Every element of the value has its part, and those of the result differ.
      guard value.shape.isKnown else { return trial.constant(tensor) }
      result = broadcast(sin(sum(value)), to: tensor.dimensions) + trial.constant(tensor)
    }
    guard let range = recipe.ranges[position] else { return result }
    let width = trial.constant(Tensor(range.upperBound - range.lowerBound), as: .float64)
    return trial.constant(Tensor(range.lowerBound), as: .float64) + width * sigmoid(result)
  }

  /// Whether the values can be computed and have numbers to compute on with.
  private func isUsable(_ outputs: [Value], _ trial: Graph) -> Bool {
    guard
      let results = try? Session(trial, options: .init(threads: 1))
        .run(outputs, feeding: fed(trial))
    else { return false }
    return results.allSatisfy { tensor in
      guard tensor.elementCount <= 300 else { return false }
      guard tensor.dataType == .float64 else { return tensor.dataType != .string }
      let numbers = try? tensor.elements(as: Double.self)
      return numbers?.allSatisfy { abs($0) <= Self.largest } ?? false
    }
  }

  /// The feeds as values of a graph that has the placeholders.
  func fed(_ graph: Graph) -> [Value: Tensor] {
    Dictionary(uniqueKeysWithValues: feeds.map { (graph.value(at: $0), $1) })
  }

  /// Whether the values hardly change where the inputs hardly do, so that two ways of rounding
  /// must agree on them.
  func isSteady(_ values: [Value]) throws -> Bool {
    let step = 1e-9
    var moved = fed(graph)
    for (value, tensor) in moved {
      let noise: [Double] = try Tensor.sample(tensor.dimensions, in: -1...1, seed: 77).elements()
      let numbers = try zip(tensor.elements(as: Double.self), noise).map { $0 + step * $1 }
      moved[value] = try Tensor(numbers, dimensions: tensor.dimensions)
    }
    let session = try Session(graph, options: .init(threads: 1))
    let before = try session.run(values, feeding: fed(graph))
    let after = try session.run(values, feeding: moved)
    return zip(before, after).allSatisfy { before, after in
      guard before.type == after.type else { return false }
      guard let mine = try? before.elements(as: Double.self),
        let theirs = try? after.elements(as: Double.self)
      else { return before == after }
      let scale = mine.reduce(1e-3) { max($0, abs($1)) }
      return zip(mine, theirs).allSatisfy { abs($0 - $1) <= 1e4 * step * scale }
    }
  }
}

/// A generator whose numbers are the same each time.
struct RandomNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    // Two seeds in a row must not give the same numbers one step apart.
    state = (seed &* 0xD134_2543_DE82_EF95) ^ (seed << 40)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
