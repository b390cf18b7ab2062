import StaticGraph

/// How far values of a graph move where whatever is rounded on the way is rounded otherwise.
///
/// Two engines agree only on values that hardly move.
struct Steadiness {
  /// How far each value moves at most; infinite where something else than a number of it changes.
  private(set) var moves: [Double] = []
  /// The largest number of each value.
  private(set) var scales: [Double] = []

  /// How far numbers move, in parts of themselves: a few roundings.
  private static let steps: [DataType: Double] = [.float64: 0x1p-50, .float32: 0x1p-21]
  /// How far values may move, in parts of their largest number: less than what they are compared
  /// to.
  private static let limits: [DataType: Double] = [.float64: 3e-11, .float32: 3e-6]
  private static let runs: UInt64 = 3
  private let limit: Double

  /// - Parameters:
  ///   - values: Values of a graph that begins with the random one.
  ///   - random: The random graph.
  init(of values: [Value], _ random: RandomGraph) throws {
    limit = Self.limits[random.numberType, default: 0]
    guard let step = Self.steps[random.numberType], let graph = values.first?.graph else {
      moves = values.map { _ in 0 }
      scales = moves
      return
    }
    let noisy = try NoisyGraph(graph, feeds: random.fed(graph))
    let before = values.map { noisy.tensors[$0.endpoint]! }
    scales = before.map(\.largestNumber)
    moves = values.map { _ in 0 }
    let call = try Session(noisy.graph, options: .init(threads: 1)).prepare(
      fetches: values.map { noisy.values[$0.endpoint]! }, feeds: noisy.sources.map(\.value))
    for seed in 1...Self.runs {
      let after = try call.run(noisy.sources.map { $0.moved(by: step, seed) })
      for (number, tensors) in zip(before, after).enumerated() {
        moves[number] = max(moves[number], tensors.0.distance(to: tensors.1))
      }
    }
  }

  /// Whether a value can be compared with one that was computed otherwise.
  ///
  /// - Parameter scale: A number that it is compared to, besides its own.
  func isSteady(_ number: Int, scale: Double = 0) -> Bool {
    moves[number] <= limit * max(scales[number], scale)
  }
}

/// A copy of a graph whose numbers can be moved: those that it begins with, and each that an
/// operator has rounded.
private struct NoisyGraph {
  /// A placeholder of the copy.
  struct Source {
    var value: Value
    /// What the graph begins with, or a factor of 1 for each number that was rounded and of 0 for
    /// each other.
    var tensor: Tensor
    var isFactor: Bool
  }

  let graph: Graph
  /// What each value of the original is.
  let tensors: [Endpoint: Tensor]
  /// For each value of the original that of the copy.
  private(set) var values: [Endpoint: Value] = [:]
  private(set) var sources: [Source] = []

  init(_ original: Graph, feeds: [Value: Tensor]) throws {
    let frozen = original.snapshot { $0 }
    graph = Graph(limits: frozen.limits)
    let endpoints = frozen.nodes.enumerated().flatMap { position, node in
      node.outputs.indices.map { Endpoint(node: position, output: $0) }
    }
    let computed = try Session(original, options: .init(threads: 1)).run(
      endpoints.map(original.value(at:)), feeding: feeds)
    tensors = Dictionary(uniqueKeysWithValues: zip(endpoints, computed))
    // Numbers that sizes follow from, as those of a range, stay as they are.
    var fixed: Set<Endpoint> = []
    for node in frozen.nodes {
      for input in type(of: node.operation).shapeInputs(of: node.inputs.count) {
        fixed.insert(node.inputs[input])
      }
    }
    for (position, node) in frozen.nodes.enumerated() {
      let first = Endpoint(node: position)
      // Random numbers are other ones in the next run.
      let isSource =
        node.operation is Placeholder || node.operation is any SeededOperator
        || node.operation is Const && node.outputs[0].dataType.isFloatingPoint
          && !fixed.contains(first)
      if isSource {
        values[first] = addSource(tensors[first]!, isFactor: false)
      } else {
        append(node, at: position)
      }
    }
  }

  private mutating func addSource(_ tensor: Tensor, isFactor: Bool) -> Value {
    let value = graph.placeholder("source\(sources.count)", type: tensor.type)
    sources.append(Source(value: value, tensor: tensor, isFactor: isFactor))
    return value
  }

  private mutating func append(_ node: Node, at position: Int) {
    func append(_ operation: some Operator) -> [Value] {
      graph.append(operation, node.inputs.map { values[$0]! }, origin: .unknown).outputs
    }
    let given = Set(node.inputs.flatMap { tensors[$0]?.numbers ?? [] }.map(\.magnitude))
    for (number, output) in append(node.operation).prefix(node.outputs.count).enumerated() {
      let endpoint = Endpoint(node: position, output: number)
      values[endpoint] = output
      guard let numbers = tensors[endpoint]!.numbers else { continue }
      // An integer, or a number that was there before, was not rounded.
      let factors = numbers.map { number in
        number == number.rounded() || given.contains(number.magnitude) ? 0.0 : 1
      }
      guard factors.contains(1) else { continue }
      let tensor = try! Tensor(factors, dimensions: tensors[endpoint]!.dimensions)
        .converted(to: output.dataType)
      values[endpoint] = output * addSource(tensor, isFactor: true)
    }
  }
}

extension NoisyGraph.Source {
  /// What to feed: each number moved up or down by a part of itself.
  ///
  /// Numbers that a graph begins with and that are equal move alike.
  func moved(by step: Double, _ seed: UInt64) -> Tensor {
    guard let numbers = tensor.numbers else { return tensor }
    let moved = numbers.enumerated().map { position, number -> Double in
      let own = isFactor ? UInt64(position) &+ UInt64(value.endpoint.node) << 20 : number.bitPattern
      var random = RandomNumbers(seed: own &+ seed << 50)
      let part = step * Double.random(in: -1...1, using: &random)
      return isFactor ? 1 + number * part : number * (1 + part)
    }
    return try! Tensor(moved, dimensions: tensor.dimensions).converted(to: tensor.dataType)
  }
}

extension Tensor {
  /// The elements of a tensor of floating-point numbers.
  fileprivate var numbers: [Double]? {
    guard dataType == .float32 || dataType == .float64 else { return nil }
    return try? converted(to: .float64).elements(as: Double.self)
  }

  /// The largest of the finite numbers, without its sign.
  fileprivate var largestNumber: Double {
    guard let numbers else { return 0 }
    return numbers.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }

  /// How far apart two numbers of two tensors are at most; infinite where the tensors differ in
  /// something else.
  fileprivate func distance(to other: Tensor) -> Double {
    guard type == other.type else { return .infinity }
    guard let mine = numbers, let theirs = other.numbers else {
      return self == other ? 0 : .infinity
    }
    return zip(mine, theirs).reduce(0) { most, pair in
      if pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN) { return most }
      let distance = abs(pair.0 - pair.1)
      return distance.isFinite ? max(most, distance) : .infinity
    }
  }
}
