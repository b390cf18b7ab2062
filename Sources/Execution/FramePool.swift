import GraphIR
import Planning
import Synchronization
import Tensors

/// A plan with the frames that it was run in before, for runs to come.
final class FramePool: Sendable {
  let plan: Plan
  /// Tells the pools of this process apart, also those that are gone.
  let number = FramePool.count.add(1, ordering: .relaxed).newValue
  private static let count = Atomic<Int>(0)
  /// A frame that is not in use, as an address, or 0: taken and given back without a lock.
  private let spare = Atomic<UInt>(0)
  private let otherSpares = Mutex<[Frame]>([])
  private let keepsResults: Bool

  /// What the plan keeps from run to run.
  let invariants: InvariantCache?

  /// - Parameters:
  ///   - fixed: The tensors of the feeds that stay the same, by the feeds' numbers.
  ///   - keepsResults: Whether all results of a run are kept together.
  init(_ plan: Plan, fixed: [Int: Tensor] = [:], keepsResults: Bool = false) {
    self.plan = plan
    self.keepsResults = keepsResults
    invariants = plan.invariants.map { InvariantCache($0.plan, fixed, others: plan.variables) }
  }

  deinit {
    let address = spare.load(ordering: .relaxed)
    if let pointer = UnsafeRawPointer(bitPattern: address) {
      Unmanaged<Frame>.fromOpaque(pointer).release()
    }
  }

  /// A frame that no run uses.
  func take() throws -> Frame {
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

  /// Runs the plan once.
  ///
  /// - Parameters:
  ///   - feeds: One tensor for each feed of the plan, of the plan's types.
  ///   - execute: Runs the steps of the frame, which is ready.
  /// - Returns: One tensor for each result of the plan.
  func run(
    _ feeds: [Tensor], _ workers: Workers, _ variables: VariableStore,
    _ execute: (Frame) throws -> Void
  ) throws -> [Tensor] {
    let frame = try take()
    defer { giveBack(frame) }
    try frame.bindVariables(variables)
    var feeds = feeds
    if let invariants {
      try frame.bindInvariants(invariants, variables, workers)
      feeds += frame.invariantTensors
    }
    for (number, feed) in feeds.enumerated() { frame.bindFeed(number, to: feed.address) }
    let memories =
      keepsResults
      ? try Tensor.block(of: plan.resultTypes)
      : try plan.resultTypes.map { type in
        try Tensor(uninitialized: type.dataType, dimensions: type.shape.known!) { _ in }
      }
    for (number, memory) in memories.enumerated() {
      frame.bindResult(number, to: memory.address)
    }
    try withExtendedLifetime((feeds, memories)) { try execute(frame) }
    return try plan.results.map { result in
      let tensor =
        switch result.location {
        case .feed(let number): feeds[number]
        case .constant(let number): plan.constants[number]
        case .result(let number): memories[number]
        case .arena, .variable: preconditionFailure("a result has memory of its own")
        }
      let dimensions = result.type.shape.known!
      return tensor.dimensions == dimensions ? tensor : try tensor.reshaped(to: dimensions)
    }
  }
}
