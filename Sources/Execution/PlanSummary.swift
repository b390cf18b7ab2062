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
    /// Types and sizes of what it computes.
    public let outputTypes: [TensorType]
    /// The work that it takes.
    public let cost: Cost
    /// The bytes of the arena that are in use while it runs, its room to work in included.
    public let liveByteCount: Int
  }

  /// The kernels in the order in which they run.
  public let steps: [Step]
  /// How many of the steps compute what stays the same from run to run, and run once only.
  public let invariantStepCount: Int
  /// The bytes that are worked in and reused.
  public let arenaByteCount: Int
  /// The largest sum of tensors that are alive at one time: no arena could be smaller.
  public let lowerBound: Int
  /// The bytes of what is given back.
  public let resultByteCount: Int
  /// The bytes of the variables that are read or changed.
  public let variableByteCount: Int
  /// The bytes of tensors that are part of the graph or were computed when it was planned.
  public let constantByteCount: Int
  /// The bytes of what is computed once and kept.
  public let invariantByteCount: Int
  /// All of these bytes together, which a limit on memory counts.
  public let totalByteCount: Int

  /// The summary of a run of `graph`.
  ///
  /// - Parameters:
  ///   - feeds: The values that are fed.
  ///   - feedTypes: For each of them its type and sizes, all of them known.
  ///   - fetches: The values to compute.
  ///   - targets: The nodes to run for their effect.
  ///   - variableTypes: For variables that leave sizes open, by the positions of their nodes; by
  ///     default, what their initial values are.
  ///   - maxMemory: The most bytes that the run may need.
  /// - Throws: `GraphError` when the run cannot be planned, or needs more memory.
  public init(
    _ graph: FrozenGraph, feeds: [Endpoint], feedTypes: [TensorType], fetches: [Endpoint],
    targets: [Int] = [], variableTypes: [Int: TensorType] = [:], maxMemory: Int? = nil
  ) throws {
    var request = ProgramRequest(
      feeds: feeds, feedTypes: feedTypes, fetches: fetches, targets: targets)
    request.variableTypes = variableTypes
    try Self.addOpenVariables(of: graph, to: &request)
    let plan = try makePlan(graph, for: request, options: PlanOptions(memoryLimit: maxMemory))
    let kept = plan.invariants?.plan
    steps = ((kept?.steps ?? []) + plan.steps).map { step in
      Step(
        name: step.name, operatorName: step.operatorName, outputTypes: step.outputTypes,
        cost: step.cost, liveByteCount: step.liveByteCount)
    }
    invariantStepCount = kept?.steps.count ?? 0
    arenaByteCount = max(plan.arenaByteCount, kept?.arenaByteCount ?? 0)
    lowerBound = max(plan.lowerBound, kept?.lowerBound ?? 0)
    resultByteCount = plan.resultByteCounts.reduce(0, +)
    constantByteCount = plan.constantByteCount
    variableByteCount = plan.variableByteCount
    invariantByteCount = kept?.resultByteCounts.reduce(0, +) ?? 0
    totalByteCount = plan.totalByteCount
  }

  /// Lets variables whose sizes are still open be of the sizes of their initial values.
  private static func addOpenVariables(
    of graph: FrozenGraph, to request: inout ProgramRequest
  ) throws {
    let open = VariableInitializers(graph).variables.filter {
      !graph.nodes[$0.position].outputs[0].shape.isKnown
    }
    for entry in open where request.variableTypes[entry.position] == nil {
      guard let assignment = entry.assignment else { continue }
      var initial = request
      initial.fetches = [graph.nodes[assignment].inputs[1]]
      initial.targets = []
      // An initial value whose sizes depend on values has none before it runs.
      if case .complete(let program) = try specialize(graph, for: initial) {
        request.variableTypes[entry.position] = program.graph.type(of: program.fetches[0])
      }
    }
  }
}
