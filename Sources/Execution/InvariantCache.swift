import GraphIR
import Planning
import Synchronization
import Tensors

/// A variable that a kept value depends on, as it was when the value was computed.
struct KeptVariable {
  /// Where it lies.
  let elements: UnsafeMutableRawPointer
  /// Its version then.
  let version: Int

  /// Whether the variable has not changed since.
  var isCurrent: Bool { VariableMemory.version(elements) == version }
}

/// What a plan computes once and keeps.
final class InvariantValues: @unchecked Sendable {
  let tensors: [Tensor]
  /// The variables that it depends on.
  let variables: [KeptVariable]
  /// The store's generation while the variables' addresses hold.
  let generation: Int

  init(_ tensors: [Tensor], _ variables: [KeptVariable], _ generation: Int) {
    self.tensors = tensors
    self.variables = variables
    self.generation = generation
  }
}

/// Computes what stays the same from run to run, once, and again when a variable was assigned.
final class InvariantCache: Sendable {
  private let plan: Plan
  private let fixed: [Int: Tensor]
  /// The variables that are needed for this alone.
  private let ownVariables: [Plan.Variable]
  private let latest = Mutex<InvariantValues?>(nil)
  /// How often it was computed.
  private let count = Atomic<Int>(0)

  /// - Parameters:
  ///   - plan: What computes the values.
  ///   - fixed: The tensors of the feeds that stay the same, by the feeds' numbers.
  ///   - others: The variables that the steps read that use the values.
  init(_ plan: Plan, _ fixed: [Int: Tensor], others: [Plan.Variable]) {
    self.plan = plan
    self.fixed = fixed
    let names = Set(others.map(\.name))
    ownVariables = plan.variables.filter { !names.contains($0.name) }
  }

  /// How often it was computed.
  var computationCount: Int { count.load(ordering: .relaxed) }

  /// The values, for the variables as they are now.
  ///
  /// The caller has begun a run, so that variables do not change.
  ///
  /// - Throws: `GraphError` when they cannot be computed.
  func values(_ store: VariableStore, _ workers: Workers) throws -> InvariantValues {
    try latest.withLock { latest in
      let elements = try store.addresses(of: plan.variables, areRead: false)
      let variables = elements.map {
        KeptVariable(elements: $0, version: VariableMemory.version($0))
      }
      var tensors = latest?.tensors
      if let latest, !zip(latest.variables, variables).allSatisfy({ $0.version == $1.version }) {
        tensors = nil
      }
      if tensors == nil {
        tensors = try compute(workers, store)
        store.release(ownVariables)
      }
      let values = InvariantValues(tensors!, variables, store.currentGeneration)
      latest = values
      return values
    }
  }

  private func compute(_ workers: Workers, _ store: VariableStore) throws -> [Tensor] {
    count.add(1, ordering: .relaxed)
    // Its arena is given back at once.
    let frames = FramePool(plan, keepsResults: true)
    let nothing = try Tensor(zeros: .uint8, dimensions: [0])
    return try frames.run(plan.feeds.indices.map { fixed[$0] ?? nothing }, workers, store) {
      try $0.run(workers, store)
    }
  }
}
