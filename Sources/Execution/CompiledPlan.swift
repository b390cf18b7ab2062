import GraphIR
import Passes
import Planning
import Synchronization
import Tensors

/// A plan together with frames to run it in, so that many threads may run it at once.
final class CompiledPlan: Sendable {
  let plan: Plan
  private let graph: FrozenGraph
  private let request: ProgramRequest
  private let workers: Workers
  /// A frame that is not in use, as an address, or 0: taken and given back without a lock.
  private let spare = Atomic<UInt>(0)
  private let otherSpares = Mutex<[Frame]>([])
  /// The plans of what comes after this segment.
  private let continuations = Mutex<[Continuation: CompiledPlan]>([:])

  /// What the plan of the rest depends on.
  private struct Continuation: Hashable, Sendable {
    /// The values that sizes depend on.
    var sizes: [Tensor]
    /// Types and sizes of what the rest is fed.
    var feeds: [TensorType]
  }

  init(_ graph: FrozenGraph, _ request: ProgramRequest, _ workers: Workers) throws {
    plan = try makePlan(graph, for: request)
    self.graph = graph
    self.request = request
    self.workers = workers
  }

  deinit {
    let address = spare.load(ordering: .relaxed)
    if let pointer = UnsafeRawPointer(bitPattern: address) {
      Unmanaged<Frame>.fromOpaque(pointer).release()
    }
  }

  /// A frame that no run uses.
  func takeFrame() throws -> Frame {
    let address = spare.exchange(0, ordering: .acquiringAndReleasing)
    if let pointer = UnsafeRawPointer(bitPattern: address) {
      return Unmanaged<Frame>.fromOpaque(pointer).takeRetainedValue()
    }
    return try otherSpares.withLock { $0.popLast() } ?? Frame(plan)
  }

  /// Gives a frame back after a run.
  func giveBack(_ frame: Frame) {
    let address = UInt(bitPattern: Unmanaged.passRetained(frame).toOpaque())
    let exchange = spare.compareExchange(
      expected: 0, desired: address, ordering: .acquiringAndReleasing)
    if !exchange.exchanged {
      Unmanaged.passUnretained(frame).release()
      otherSpares.withLock { $0.append(frame) }
    }
  }

  /// Runs the plan, and what comes after it where it is a first segment.
  ///
  /// - Parameter feeds: One tensor for each feed of the request, of the request's types.
  /// - Returns: One tensor for each fetch of the request.
  func run(_ feeds: [Tensor]) throws -> [Tensor] {
    let results = try runSegment(feeds)
    guard let boundary = plan.boundary else { return results }
    let sizes = Array(results.prefix(boundary.sizes.count))
    var known = Dictionary(
      zip(boundary.sizes + boundary.crossing, results), uniquingKeysWith: { first, _ in first })
    var feeds = Array(results.dropFirst(boundary.sizes.count))
    var endpoints = boundary.crossing
    for position in boundary.evaluated {
      let node = graph.nodes[position]
      do {
        let outputs = try node.operation.evaluate(node.inputs.map { known[$0]! })
        for (number, output) in outputs.enumerated() {
          let endpoint = Endpoint(node: position, output: number)
          known[endpoint] = output
          endpoints.append(endpoint)
          feeds.append(output)
        }
      } catch {
        throw GraphError(
          "\(node.operatorName) '\(node.name)': \(error)", at: node.origin.location)
      }
    }
    return try continuation(boundary, sizes, endpoints, feeds).run(feeds)
  }

  private func runSegment(_ feeds: [Tensor]) throws -> [Tensor] {
    let frame = try takeFrame()
    defer { giveBack(frame) }
    for (number, feed) in feeds.enumerated() { frame.bindFeed(number, to: feed.address) }
    let memories = try plan.resultByteCounts.indices.map { number in
      let type = plan.results.first { $0.location == .result(number) }!.type
      return try Tensor(uninitialized: type.dataType, dimensions: type.shape.known!) { _ in }
    }
    for (number, memory) in memories.enumerated() {
      frame.bindResult(number, to: memory.address)
    }
    try withExtendedLifetime((feeds, memories)) { try frame.run(workers) }
    return try plan.results.map { result in
      let tensor =
        switch result.location {
        case .feed(let number): feeds[number]
        case .constant(let number): plan.constants[number]
        case .result(let number): memories[number]
        case .arena: preconditionFailure("a result never lies in the arena")
        }
      let dimensions = result.type.shape.known!
      return tensor.dimensions == dimensions ? tensor : try tensor.reshaped(to: dimensions)
    }
  }

  private func continuation(
    _ boundary: Specialization.Boundary, _ sizes: [Tensor], _ endpoints: [Endpoint],
    _ feeds: [Tensor]
  ) throws -> CompiledPlan {
    let key = Continuation(sizes: sizes, feeds: feeds.map(\.type))
    if let known = continuations.withLock({ $0[key] }) { return known }
    var next = ProgramRequest(
      feeds: endpoints, feedTypes: key.feeds, fetches: request.fetches, targets: request.targets)
    next.completed = boundary.completed
    next.knownValues = request.knownValues
    for (endpoint, value) in zip(boundary.sizes, sizes) { next.knownValues[endpoint] = value }
    let compiled = try CompiledPlan(graph, next, workers)
    continuations.withLock { plans in
      // Values that differ each time must not fill the memory.
      if plans.count >= Session.planLimit { plans.removeAll() }
      plans[key] = compiled
    }
    return compiled
  }
}
