import GraphIR
import Operators
import Tensors

/// What a layer is handed when it appends to a graph.
public final class LayerCall {
  /// The graph to append to.
  public let graph: Graph
  /// Whether the layer is part of a training step.
  public let isTraining: Bool
  /// Whether training leaves the layer's weights as they are.
  public let isFrozen: Bool
  private let weights: [String: Value]
  private let seedSource: SeedSource
  private var randomCount = 0
  private(set) var updates: [GraphNode] = []

  init(
    graph: Graph, isTraining: Bool, isFrozen: Bool, weights: [String: Value],
    seedSource: SeedSource
  ) {
    self.graph = graph
    self.isTraining = isTraining
    self.isFrozen = isFrozen
    self.weights = weights
    self.seedSource = seedSource
  }

  /// One of the layer's weights; an invalid value when it has declared none of that name.
  public subscript(name: String) -> Value {
    if let weight = weights[name] { return weight }
    graph.record("there is no weight '\(name)'", .unknown)
    return graph.node(at: -1).output
  }

  /// Lets a weight have another value after each step, as a moving average.
  public func update(_ name: String, to value: Value) {
    updates.append(assign(self[name], value))
  }

  /// What a layer within this one is handed, whose weights are those under a name.
  func part(_ name: String) -> LayerCall {
    let prefix = "\(name)/"
    var own: [String: Value] = [:]
    for (name, weight) in weights where name.hasPrefix(prefix) {
      own[String(name.dropFirst(prefix.count))] = weight
    }
    return LayerCall(
      graph: graph, isTraining: isTraining, isFrozen: isFrozen, weights: own,
      seedSource: seedSource.inside(name))
  }

  /// Seeds for one random operator: others for each call, the same in each session where the
  /// model has a seed.
  public func nextSeeds() -> (seed: Int, seed2: Int) {
    randomCount += 1
    return seedSource.seeds(for: "\(randomCount)")
  }
}

/// Where the seeds of a model's random operators come from.
struct SeedSource {
  /// The seed of the model; without one, each session has other numbers.
  let seed: UInt64?
  var path = ""

  func seeds(for name: String) -> (seed: Int, seed2: Int) {
    guard let seed else { return (0, 0) }
    var hash = StableHash()
    hash.combine("\(path)/\(name)")
    return (Int(truncatingIfNeeded: seed), Int(truncatingIfNeeded: hash.value | 1))
  }

  func inside(_ name: String) -> SeedSource { SeedSource(seed: seed, path: "\(path)/\(name)") }
}
