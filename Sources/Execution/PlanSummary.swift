import GraphIR
import Passes
import Planning
import Tensors

/// What a run takes, known before anything runs.
public struct PlanSummary: Sendable {
  /// One kernel of the run.
  public struct Step: Sendable {
    /// The node that it computes.
    public let name: String
    /// The node's operator.
    public let operatorName: String
    /// The work that it takes.
    public let cost: Cost
  }

  /// The kernels in the order in which they run.
  public let steps: [Step]
  /// The bytes that are worked in and reused.
  public let arenaByteCount: Int
  /// The bytes of what is given back.
  public let resultByteCount: Int
  /// The bytes of tensors that are part of the graph or were computed when it was planned.
  public let constantByteCount: Int

  /// The summary of a run of `graph`.
  ///
  /// - Parameters:
  ///   - feeds: The values that are fed.
  ///   - feedTypes: For each of them its type and sizes, all of them known.
  ///   - fetches: The values to compute.
  ///   - targets: The nodes to run for their effect.
  /// - Throws: `GraphError` when the run cannot be planned.
  public init(
    _ graph: FrozenGraph, feeds: [Endpoint], feedTypes: [TensorType], fetches: [Endpoint],
    targets: [Int] = []
  ) throws {
    let request = ProgramRequest(
      feeds: feeds, feedTypes: feedTypes, fetches: fetches, targets: targets)
    let plan = try makePlan(graph, for: request)
    steps = plan.steps.map { Step(name: $0.name, operatorName: $0.operatorName, cost: $0.cost) }
    arenaByteCount = plan.arenaByteCount
    resultByteCount = plan.resultByteCounts.reduce(0, +)
    constantByteCount = plan.constants.reduce(0) { $0 + $1.byteCount }
  }
}
