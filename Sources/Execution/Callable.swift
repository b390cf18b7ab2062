import GraphIR
import Passes
import Synchronization
import Tensors

/// A call of a session with everything looked up.
///
/// ```swift
/// let slope = try session.prepare(fetches: [dydx], feeds: [x])
/// let results = try slope.run([1.5])
/// ```
/// It compiles at the first run, and again when the sizes of a feed change. It may be used from
/// many threads at once; for the last bit of speed, `bind` gives a call of which only the numbers
/// change.
public final class Callable: Sendable {
  private let session: Session
  private let fetches: [Endpoint]
  private let targets: [Int]
  private let feeds: [Value]
  private let feedTypes: [TensorType]
  /// The tensors of the last feeds, the same in each call.
  private let fixed: [Tensor]
  private let latest = Mutex<CompiledPlan?>(nil)

  init(
    session: Session, fetches: [Endpoint], targets: [Int], feeds: [Value], fixed: [Tensor]
  ) throws {
    self.session = session
    self.fetches = fetches
    self.targets = targets
    self.feeds = feeds
    feedTypes = feeds.map(\.type)
    let first = feeds.count - fixed.count
    self.fixed = try fixed.enumerated().map { number, tensor in
      try Self.checked(tensor, feeds[first + number], feeds[first + number].type)
    }
  }

  /// Computes the fetches.
  ///
  /// - Parameter tensors: One for each feed, in the order of `prepare`.
  /// - Returns: One tensor for each fetch, in the order of `prepare`.
  /// - Throws: `GraphError` when a tensor does not fit, or something cannot be computed.
  public func run(_ tensors: [Tensor] = []) throws -> [Tensor] {
    let tensors = try checked(tensors)
    return try plan(for: tensors).run(tensors)
  }

  /// Does what `run` does, and adds what its steps took to a profile.
  ///
  /// - Parameters:
  ///   - tensors: One for each feed, in the order of `prepare`.
  ///   - profile: What is added to.
  /// - Returns: One tensor for each fetch, in the order of `prepare`.
  /// - Throws: `GraphError` when a tensor does not fit, or something cannot be computed.
  public func run(_ tensors: [Tensor] = [], profile: inout Profile) throws -> [Tensor] {
    let tensors = try checked(tensors)
    return try plan(for: tensors).run(tensors, &profile)
  }

  /// A call whose feeds and results keep their memory, so that a run allocates nothing.
  ///
  /// - Parameter tensors: The first feeds; types and sizes stay as they are.
  /// - Throws: `GraphError` when a tensor does not fit, or sizes depend on values, which only
  ///   `run` can handle.
  public func bind(_ tensors: [Tensor] = []) throws -> BoundCall {
    let tensors = try checked(tensors)
    let compiled = try plan(for: tensors)
    guard compiled.plan.boundary == nil else {
      throw GraphError(
        "sizes of this graph depend on values that are computed, so that its feeds cannot be bound",
        notes: ["call run instead"])
    }
    return try BoundCall(compiled, tensors, fixedCount: fixed.count, session.workers)
  }

  /// The plan for tensors of those sizes.
  func compiled(_ tensors: [Tensor]) throws -> CompiledPlan { try plan(for: checked(tensors)) }

  private func plan(for tensors: [Tensor]) throws -> CompiledPlan {
    let variableTypes = session.openVariableTypes()
    if let plan = latest.withLock({ $0 }), matches(plan, tensors),
      plan.fitsVariables(variableTypes)
    {
      return plan
    }
    var request = ProgramRequest(
      feeds: feeds.map(\.endpoint), feedTypes: tensors.map(\.type), fetches: fetches,
      targets: targets)
    request.variableTypes = variableTypes
    var fixedTensors: [Int: Tensor] = [:]
    for (number, tensor) in fixed.enumerated() {
      fixedTensors[feeds.count - fixed.count + number] = tensor
    }
    request.fixedFeeds = Set(fixedTensors.keys)
    let plan = try session.plan(for: request, fixed: fixedTensors)
    latest.withLock { $0 = plan }
    return plan
  }

  private func matches(_ plan: CompiledPlan, _ tensors: [Tensor]) -> Bool {
    for (type, tensor) in zip(plan.plan.feeds, tensors) where type.shape != tensor.shape {
      return false
    }
    return true
  }

  /// All tensors, the fixed ones behind the others, in the types of what they are fed to.
  private func checked(_ tensors: [Tensor]) throws -> [Tensor] {
    let count = feeds.count - fixed.count
    guard tensors.count == count else {
      throw GraphError("\(tensors.count) tensors were given for \(count) feeds")
    }
    var result = tensors
    for number in 0..<count {
      result[number] = try Self.checked(tensors[number], feeds[number], feedTypes[number])
    }
    return fixed.isEmpty ? result : result + fixed
  }

  private static func checked(_ tensor: Tensor, _ feed: Value, _ type: TensorType) throws -> Tensor
  {
    var tensor = tensor
    if tensor.isLiteral {
      do {
        tensor = try tensor.adopting(type.dataType)
      } catch {
        throw GraphError("feed '\(feed.name)': \(error)")
      }
    }
    guard tensor.dataType == type.dataType, tensor.shape.isCompatible(with: type.shape) else {
      throw GraphError(
        "feed '\(feed.name)': the tensor is \(tensor.type), but the graph has \(type)",
        notes: tensor.dataType != type.dataType && tensor.dataType.isNumeric
          ? ["convert it first: tensor.converted(to: .\(caseName(of: type.dataType)))"] : [])
    }
    return tensor
  }
}
