import GraphIR
import Tensors

/// A call whose feeds and results keep their memory: a run allocates nothing, retains nothing and
/// takes no lock.
///
/// ```swift
/// let call = try session.prepare(fetches: [dydx], feeds: [x]).bind([0.0])
/// call.updateFeed(0, as: Double.self) { $0[0] = 1.5 }
/// try call.run()
/// let slope = try call.result(0, as: Double.self)[0]
/// ```
/// A bound call is used by one thread at a time.
public final class BoundCall {
  private let compiled: CompiledPlan
  private let frame: Frame
  private let workers: Workers
  private let invariants: InvariantCache?
  private var feeds: [Tensor]
  private let memories: [Tensor]
  /// How many of the feeds, the last, stay what they are.
  private let fixedCount: Int

  init(
    _ compiled: CompiledPlan, _ feeds: [Tensor], fixedCount: Int, _ workers: Workers
  ) throws {
    self.fixedCount = fixedCount
    self.compiled = compiled
    self.workers = workers
    invariants = compiled.invariants
    let plan = compiled.plan
    frame = try compiled.takeFrame()
    self.feeds = feeds
    memories = try plan.resultTypes.map { type in
      return try Tensor(zeros: type.dataType, dimensions: type.shape.known!)
    }
    for (number, feed) in self.feeds.enumerated() { frame.bindFeed(number, to: feed.address) }
    for (number, memory) in memories.enumerated() {
      frame.bindResult(number, to: memory.address)
    }
  }

  deinit { compiled.giveBack(frame) }

  /// The bytes that a run works in, besides feeds, constants and results.
  public var arenaByteCount: Int { compiled.plan.arenaByteCount }

  /// The number of kernels that a run calls.
  public var stepCount: Int { compiled.plan.steps.count }

  /// Lets `body` write the elements of a feed.
  ///
  /// The tensor that was fed stays as it is: where someone else still has it, the first call takes a
  /// copy, and it alone allocates.
  ///
  /// - Precondition: The feed holds such elements and is none of the fixed ones.
  public func updateFeed<Element: FixedSizeElement>(
    _ number: Int, as type: Element.Type, _ body: (UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    precondition(number < feeds.count - fixedCount, "the feed is fixed")
    precondition(feeds[number].dataType == Element.dataType, "the feed holds other elements")
    let address = feeds[number].address
    feeds[number].withUnsafeMutableBytes { body($0.bindMemory(to: type)) }
    if feeds[number].address != address {
      frame.bindFeed(number, to: feeds[number].address)
    }
  }

  /// Computes the results from the feeds as they are now.
  ///
  /// - Throws: `GraphError` when something cannot be computed.
  public func run() throws {
    try compiled.withVariables { try run($0) }
  }

  /// Does what `run` does, and adds what its steps took to a profile.
  ///
  /// - Throws: `GraphError` when something cannot be computed; the profile is then as before.
  public func run(profile: inout Profile) throws {
    try compiled.withVariables { variables in
      try bind(variables)
      try compiled.run(frame, &profile)
    }
  }

  private func run(_ variables: VariableStore) throws {
    try bind(variables)
    try frame.run(workers, variables)
  }

  private func bind(_ variables: VariableStore) throws {
    try frame.bindVariables(variables)
    if let invariants { try frame.bindInvariants(invariants, variables, workers) }
  }

  /// Lets `body` read the elements of a result where they lie.
  ///
  /// - Precondition: The result holds such elements.
  public func withResult<Element: FixedSizeElement, Output>(
    _ number: Int, as type: Element.Type, _ body: (UnsafeBufferPointer<Element>) throws -> Output
  ) rethrows -> Output {
    let tensor = resultTensor(number)
    precondition(tensor.dataType == Element.dataType, "the result holds other elements")
    return try body(
      UnsafeBufferPointer(
        start: tensor.address.assumingMemoryBound(to: type), count: tensor.elementCount))
  }

  /// A copy of a result, which later runs leave alone.
  public func result(_ number: Int) throws -> Tensor {
    let tensor = resultTensor(number)
    let dimensions = compiled.plan.results[number].type.shape.known!
    guard tensor.dataType != .string else { return try tensor.reshaped(to: dimensions) }
    return try Tensor(uninitialized: tensor.dataType, dimensions: dimensions) { bytes in
      tensor.withUnsafeBytes { bytes.copyMemory(from: $0) }
    }
  }

  private func resultTensor(_ number: Int) -> Tensor {
    switch compiled.plan.results[number].location {
    case .feed(let feed) where feed < feeds.count: feeds[feed]
    case .feed(let feed): frame.invariantTensors[feed - feeds.count]
    case .constant(let constant): compiled.plan.constants[constant]
    case .result(let memory): memories[memory]
    case .arena, .variable: preconditionFailure("a result has memory of its own")
    }
  }
}
