import GraphIR
import Operators
import Tensors

/// One walk from the targets back to the sources, which appends the gradient of each node on the
/// way.
///
/// Nodes stand in an order in which each comes after its inputs, so that the walk is a loop from
/// the last target down to the first source.
struct ReverseSweep {
  private let graph: Graph
  private let frozen: FrozenGraph
  private let targets: [Value]
  private let sources: Set<Endpoint>
  private let stops: Set<Endpoint>
  private let origin: Origin
  /// For each node up to the last target, whether it depends on a source through values that may
  /// be differentiated.
  private let dependsOnSource: [Bool]
  /// For each of these nodes, whether it does so past operators that let nothing through.
  private let isReachedBySource: [Bool]
  /// What has flowed back into each value so far.
  private var contributions: [Endpoint: [Value]] = [:]
  /// Where a path ended, from the targets back.
  private var breaks: [PathBreak] = []

  init(
    graph: Graph, frozen: FrozenGraph, targets: [Value], sources: [Value], stops: [Value],
    origin: Origin
  ) {
    self.graph = graph
    self.frozen = frozen
    self.targets = targets
    self.sources = Set(sources.map(\.endpoint))
    self.stops = Set(stops.map(\.endpoint))
    self.origin = origin
    dependsOnSource = Self.dependents(
      in: frozen, upTo: targets.map(\.endpoint.nodeIndex).max() ?? -1, from: self.sources,
      stops: self.stops)
    isReachedBySource = Self.dependents(
      in: frozen, upTo: dependsOnSource.count - 1, from: self.sources, stops: self.stops
    ) { $0 is StopGradient }
  }

  private static func dependents(
    in frozen: FrozenGraph, upTo last: Int, from sources: Set<Endpoint>, stops: Set<Endpoint>,
    where isBarrier: (any Operator) -> Bool = { _ in false }
  ) -> [Bool] {
    var depends = [Bool](repeating: false, count: last + 1)
    guard let first = sources.map(\.nodeIndex).min(), first <= last else { return depends }
    for position in first...last where !isBarrier(frozen.nodes[position].operation) {
      depends[position] = frozen.nodes[position].inputs.contains { input in
        sources.contains(input) || (depends[input.nodeIndex] && !stops.contains(input))
      }
    }
    return depends
  }

  /// Whether gradients are wanted for a value: it is a source, or depends on one.
  private func isOnPath(_ endpoint: Endpoint) -> Bool {
    sources.contains(endpoint)
      || (dependsOnSource[endpoint.nodeIndex] && !stops.contains(endpoint))
  }

  /// Appends the gradients of all nodes between the sources and the targets.
  mutating func run(upstream: [Value?]) throws {
    for (number, target) in targets.enumerated() {
      let weights = upstream.indices.contains(number) ? upstream[number] : nil
      if let weights {
        guard weights.dataType == target.dataType, weights.shape.isCompatible(with: target.shape)
        else {
          throw GraphError(
            "gradient: the upstream gradient of '\(target.name)' must be \(target.type),"
              + " but it is \(weights.type)", at: origin.location)
        }
      }
      guard isOnPath(target.endpoint) else { continue }
      let seed = weights ?? graph.ascribing(to: origin) { ones(like: target) }
      contributions[target.endpoint, default: []].append(seed)
    }
    for position in dependsOnSource.indices.reversed() where dependsOnSource[position] {
      try visit(position)
    }
  }

  /// Appends the gradient of one node, where something flows back into it.
  private mutating func visit(_ position: Int) throws {
    let node = frozen.nodes[position]
    var outputGradients = [Value?](repeating: nil, count: node.outputs.count)
    for output in node.outputs.indices {
      let endpoint = Endpoint(node: position, output: output)
      if !sources.contains(endpoint) && stops.contains(endpoint) { continue }
      outputGradients[output] = total(endpoint)
    }
    guard outputGradients.contains(where: { $0 != nil }) else { return }
    switch type(of: node.operation).gradient {
    case .none(let reason):
      breaks.append(PathBreak(node: position, reason: reason))
    case .rule(let rule):
      let isNeeded = node.inputs.map {
        isOnPath($0) && frozen.type(of: $0).dataType.isFloatingPoint
      }
      let context = GradientContext(
        operation: node.operation, inputs: node.inputs.map(graph.value(at:)),
        outputs: node.outputs.indices.map {
          graph.value(at: Endpoint(node: position, output: $0))
        },
        outputGradients: outputGradients, isNeeded: isNeeded)
      do {
        let gradients = try graph.scope("\(node.name)_grad", ascribingTo: node.origin) {
          try rule(context)
        }
        distribute(gradients, to: node, at: position, isNeeded)
      } catch {
        // A gradient that nobody would get need not exist.
        guard !isReachedBySource[position] else { throw error }
        breaks.append(PathBreak(node: position, reason: "\(error)"))
      }
    }
  }

  private mutating func distribute(
    _ gradients: [Value?], to node: Node, at position: Int, _ isNeeded: [Bool]
  ) {
    for (number, input) in node.inputs.enumerated() where isOnPath(input) {
      if isNeeded[number], number < gradients.count, let gradient = gradients[number] {
        contributions[input, default: []].append(gradient)
      } else {
        let type = frozen.type(of: input)
        let name = frozen.name(of: input)
        let reason =
          type.dataType.isFloatingPoint
          ? "its result does not change smoothly with its input '\(name)'"
          : "its input '\(name)' is \(type), and only floating-point numbers have a derivative"
        breaks.append(PathBreak(node: position, reason: reason))
      }
    }
  }

  /// The sum of what has flowed back into a value, as one node however many parts there are.
  mutating func total(_ endpoint: Endpoint) -> Value? {
    guard let parts = contributions[endpoint] else { return nil }
    if parts.count == 1 { return parts[0] }
    let origin = frozen.nodes[endpoint.nodeIndex].origin
    let sum = graph.ascribing(to: origin) { addN(parts) }
    contributions[endpoint] = [sum]
    return sum
  }

  /// The gradient with respect to a source, after the sweep.
  mutating func gradient(of source: Value, _ unconnected: UnconnectedGradient) throws -> Value {
    if let gradient = total(source.endpoint) { return gradient }
    if unconnected == .zeros {
      return graph.ascribing(to: origin) {
        broadcast(constant(0, like: source), to: shapeTensor(source))
      }
    }
    throw noPath(to: source)
  }

  private func ones(like value: Value) -> Value {
    let one = constant(1, like: value)
    return value.shape == .scalar ? one : broadcast(one, to: shapeTensor(value))
  }

  private func constant(_ number: Double, like value: Value) -> Value {
    graph.constant(Tensor(number).asLiteral(), as: value.dataType, origin: origin)
  }
}

/// Where a path from a target back to the sources ended, and why.
private struct PathBreak {
  var node: Int
  var reason: String
}

extension ReverseSweep {
  /// The error that says where the paths to a source break.
  private func noPath(to source: Value) -> GraphError {
    let names = targets.map { "'\($0.name)'" }.joined(separator: ", ")
    let reached = Self.dependents(
      in: frozen, upTo: dependsOnSource.count - 1, from: [source.endpoint], stops: [])
    let relevant = breaks.filter { reached[$0.node] }
    guard let first = relevant.first else {
      let isReached = targets.contains { reached[$0.endpoint.nodeIndex] }
      if !stops.isEmpty, isReached {
        return GraphError(
          "gradient: every path from \(names) to '\(source.name)' passes a value to stop at",
          at: origin.location, notes: ["ask for zeros instead with unconnected: .zeros"])
      }
      return GraphError(
        "gradient: \(names) does not depend on '\(source.name)'", at: origin.location,
        notes: ["ask for zeros instead with unconnected: .zeros"])
    }
    let node = frozen.nodes[first.node]
    var notes = relevant.prefix(3).map { pathBreak in
      let node = frozen.nodes[pathBreak.node]
      return Diagnostic.Note(
        "the path breaks at \(node.operatorName) '\(node.name)': \(pathBreak.reason)",
        at: node.origin.location)
    }
    notes.append(Diagnostic.Note("ask for zeros instead with unconnected: .zeros"))
    return GraphError([
      Diagnostic(
        "gradient: no path that can be differentiated leads from \(names) to '\(source.name)':"
          + " it breaks at \(node.operatorName) '\(node.name)'",
        at: origin.location, notes: notes)
    ])
  }
}
