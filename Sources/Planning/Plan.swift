import GraphIR
import Passes
import Tensors

/// What a session runs: a flat list of steps over one arena, for known sizes.
///
/// Nearly every plan is whole. Where sizes depend on values, it is the first *segment*: it
/// computes these values, and its `boundary` says how the rest is planned once they are known.
public struct Plan: Sendable {
  /// Where a tensor lies during a run.
  public enum Location: Hashable, Sendable {
    /// In the arena, at a number of bytes from its beginning.
    case arena(Int)
    /// In the list of constants.
    case constant(Int)
    /// Where the caller's tensor lies that is fed at this position.
    case feed(Int)
    /// In the memory of a result, which outlives the run.
    case result(Int)
    /// In the session, as one of the plan's variables.
    case variable(Int)
  }

  /// One kernel to run.
  public struct Step: Sendable {
    /// What runs.
    public let kernel: Kernel
    /// Where its inputs lie.
    public let inputs: [Location]
    /// Where its outputs lie.
    public let outputs: [Location]
    /// The node that it computes, for messages and profiles.
    public let name: String
    /// The node's operator.
    public let operatorName: String
    /// The user's place that made the node.
    public let origin: Origin
    /// The work that it takes.
    public let cost: Cost
    /// Types and sizes of the outputs.
    public let outputTypes: [TensorType]
    /// Where in the arena it finds room to work in.
    public let scratchOffset: Int
    /// The bytes of the arena's tensors that are alive while it runs, its room to work in included.
    public let liveByteCount: Int
  }

  /// One thing that was asked for.
  public struct Result: Sendable {
    /// Its type and sizes.
    public let type: TensorType
    /// Where it lies after the run; never in the arena.
    public let location: Location
  }

  /// A variable that steps read or change.
  public struct Variable: Sendable {
    /// Its name in the session.
    public let name: String
    /// Its type and sizes.
    public let type: TensorType
    /// Whether it must have a value before the run.
    public internal(set) var needsValue = false
    /// Whether the run changes it.
    public internal(set) var isChanged = false
    /// Whether the run changes all of it before anything reads it, so that it may have had another
    /// size before.
    public internal(set) var isAssigned = false
    /// The user's place that made it.
    public let origin: Origin
  }

  /// The kernels in the order in which they run.
  public internal(set) var steps: [Step] = []
  /// The variables that steps read or change.
  public internal(set) var variables: [Variable] = []
  /// Tensors that are part of the graph or were computed when the plan was made.
  public internal(set) var constants: [Tensor] = []
  /// Type and sizes of each feed, in the caller's order.
  public internal(set) var feeds: [TensorType] = []
  /// What was asked for, in the caller's order; behind it, what a boundary takes.
  public internal(set) var results: [Result] = []
  /// Type and sizes of each result's memory.
  public internal(set) var resultTypes: [TensorType] = []
  /// The bytes of each result's memory.
  public internal(set) var resultByteCounts: [Int] = []
  /// The bytes of the arena, in which tensors lie and steps find room to work in.
  public internal(set) var arenaByteCount = 0
  /// The most bytes of the arena that are in use at one time: no arena could be smaller.
  public internal(set) var lowerBound = 0
  /// How the rest is planned, where this is a first segment.
  public internal(set) var boundary: Specialization.Boundary?
  /// What stays the same from run to run; its results are fed behind the request's feeds.
  public internal(set) var invariants: Invariants?

  /// A plan of its own for what is computed once and kept.
  ///
  /// It depends on constants, fixed feeds, and variables that the other plan does not change. It is
  /// fed like the request.
  public final class Invariants: Sendable {
    /// How it is computed.
    public let plan: Plan

    init(_ plan: Plan) {
      self.plan = plan
    }
  }

  /// The bytes of the results' memory.
  public var resultByteCount: Int { Self.sum(resultByteCounts) }
  /// The bytes of the constants.
  public var constantByteCount: Int { Self.sum(constants.map(\.byteCount)) }
  /// The bytes of the variables.
  public var variableByteCount: Int { Self.sum(variables.map { $0.type.byteCount ?? 0 }) }

  /// The most bytes that a run needs besides its feeds: the arena, results, variables, constants,
  /// and what is computed once and kept.
  public var totalByteCount: Int {
    let kept = invariants?.plan
    return Self.sum([
      max(arenaByteCount, kept?.arenaByteCount ?? 0), resultByteCount, variableByteCount,
      constantByteCount, kept?.resultByteCount ?? 0, kept?.constantByteCount ?? 0,
      keptVariableByteCount,
    ])
  }

  /// The bytes of the variables that only what is kept reads.
  private var keptVariableByteCount: Int {
    let names = Set(variables.map(\.name))
    return Self.sum(
      (invariants?.plan.variables ?? []).map {
        names.contains($0.name) ? 0 : $0.type.byteCount ?? 0
      })
  }

  private static func sum(_ byteCounts: [Int]) -> Int {
    byteCounts.reduce(0) { $0.addingReportingOverflow($1).overflow ? Int.max : $0 + $1 }
  }
}
