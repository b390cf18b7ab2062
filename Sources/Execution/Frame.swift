import GraphIR
import Planning
import Tensors

/// The memory of one run of a plan, with every address worked out: what a run walks through.
///
/// A frame is used by one run at a time. Running it allocates nothing, retains nothing and takes
/// no lock.
final class Frame: @unchecked Sendable {
  private struct Step {
    let kernel: Unmanaged<Kernel>
    let inputs: UnsafePointer<UnsafeMutableRawPointer>
    let outputs: UnsafePointer<UnsafeMutableRawPointer>
    let scratch: UnsafeMutableRawPointer
  }

  /// Keeps kernels and constants alive.
  private let plan: Plan
  private let arena: Tensor
  private let addresses: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>
  private let steps: UnsafeMutableBufferPointer<Step>
  /// For each feed, the addresses that change with it.
  private var feedUses: [[Int]]
  /// For each result's memory, the addresses that change with it.
  private var resultUses: [[Int]]
  /// For each variable, the addresses that are its.
  private var variableUses: [[Int]]
  /// What the store's generation was when the variables were bound.
  private var boundGeneration = 0
  /// Where the variables lie that the plan changes.
  private let changedVariables: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>
  /// What is computed once and kept, as far as this frame knows it.
  private var invariants: InvariantValues?
  private let kept: UnsafeMutableBufferPointer<KeptVariable>

  /// - Throws: `TensorError` when the system has no memory left for the arena.
  init(_ plan: Plan) throws {
    self.plan = plan
    arena = try Self.memory(plan.arenaByteCount)
    let count = plan.steps.reduce(0) { $0 + $1.inputs.count + $1.outputs.count }
    addresses = .allocate(capacity: count + 1)
    addresses.initialize(repeating: arena.address)
    steps = .allocate(capacity: plan.steps.count)
    changedVariables = .allocate(capacity: plan.variables.count { $0.isChanged })
    changedVariables.initialize(repeating: arena.address)
    kept = .allocate(capacity: plan.invariants?.plan.variables.count ?? 0)
    feedUses = Array(repeating: [], count: plan.feeds.count)
    resultUses = Array(repeating: [], count: plan.resultByteCounts.count)
    variableUses = Array(repeating: [], count: plan.variables.count)
    var next = 0
    for (number, step) in plan.steps.enumerated() {
      let first = addresses.baseAddress! + next
      for location in step.inputs + step.outputs {
        resolve(location, at: next)
        next += 1
      }
      steps.initializeElement(
        at: number,
        to: Step(
          kernel: Unmanaged.passUnretained(step.kernel), inputs: UnsafePointer(first),
          outputs: UnsafePointer(first + step.inputs.count),
          scratch: arena.address + step.scratchOffset))
    }
  }

  deinit {
    addresses.deallocate()
    steps.deallocate()
    changedVariables.deallocate()
    kept.deallocate()
  }

  private static func memory(_ byteCount: Int) throws -> Tensor {
    try Tensor.block(of: [TensorType(.uint8, [max(1, byteCount)])])[0]
  }

  private func resolve(_ location: Plan.Location, at position: Int) {
    switch location {
    case .arena(let offset): addresses[position] = arena.address + offset
    case .constant(let number): addresses[position] = plan.constants[number].address
    case .feed(let number): feedUses[number].append(position)
    case .result(let number): resultUses[number].append(position)
    case .variable(let number): variableUses[number].append(position)
    }
  }

  /// Lets the steps read a feed where it lies.
  ///
  /// The memory must stay valid while the frame runs.
  func bindFeed(_ number: Int, to address: UnsafeMutableRawPointer) {
    for position in feedUses[number] { addresses[position] = address }
  }

  /// Lets the steps write a result where it is to lie.
  func bindResult(_ number: Int, to address: UnsafeMutableRawPointer) {
    for position in resultUses[number] { addresses[position] = address }
  }

  /// Lets the steps read and change variables where they lie.
  ///
  /// - Throws: `GraphError` when a variable has no value that a step reads.
  func bindVariables(_ store: VariableStore) throws {
    guard !variableUses.isEmpty, boundGeneration != store.currentGeneration else { return }
    var changed = 0
    for (number, address) in try store.addresses(of: plan.variables).enumerated() {
      for position in variableUses[number] { addresses[position] = address }
      if plan.variables[number].isChanged {
        changedVariables[changed] = address
        changed += 1
      }
    }
    boundGeneration = store.currentGeneration
  }

  /// Lets the steps read what is computed once and kept, computing it where it is not known.
  ///
  /// - Throws: `GraphError` when it cannot be computed.
  func bindInvariants(
    _ cache: InvariantCache, _ store: VariableStore, _ workers: Workers
  ) throws {
    if invariants != nil, isCurrent(store) { return }
    let values = try cache.values(store, workers)
    let first = plan.feeds.count - values.tensors.count
    for (number, tensor) in values.tensors.enumerated() {
      bindFeed(first + number, to: tensor.address)
    }
    for (number, variable) in values.variables.enumerated() {
      kept.initializeElement(at: number, to: variable)
    }
    keptGeneration = values.generation
    invariants = values
  }

  /// What the store's generation was when the kept values were bound.
  private var keptGeneration = 0

  /// The tensors that are computed once and kept.
  var invariantTensors: [Tensor] { invariants?.tensors ?? [] }

  private func isCurrent(_ store: VariableStore) -> Bool {
    if kept.isEmpty { return true }
    guard keptGeneration == store.currentGeneration else { return false }
    for variable in kept where !variable.isCurrent { return false }
    return true
  }

  /// Runs every step, and notes what changes.
  ///
  /// - Throws: `GraphError` that names the step whose kernel could not compute.
  func run(_ workers: Workers, _ store: VariableStore) throws {
    defer { noteChanges(store) }
    var number = 0
    do {
      while number < steps.count {
        try call(steps[number], workers)
        number += 1
      }
    } catch {
      throw located(error, number)
    }
  }

  /// Runs every step and notes when.
  ///
  /// - Parameter moments: Room for the clock before each step, and behind the last.
  /// - Throws: `GraphError` that names the step whose kernel could not compute.
  func run(
    _ workers: Workers, _ store: VariableStore, noting moments: UnsafeMutablePointer<UInt64>
  ) throws {
    defer { noteChanges(store) }
    var number = 0
    do {
      moments[0] = Profile.now()
      while number < steps.count {
        try call(steps[number], workers)
        number += 1
        moments[number] = Profile.now()
      }
    } catch {
      throw located(error, number)
    }
  }

  private func noteChanges(_ store: VariableStore) {
    for variable in changedVariables { VariableMemory.setVersion(variable, store.newVersion()) }
  }

  @inline(__always)
  private func call(_ step: Step, _ workers: Workers) throws {
    try step.kernel._withUnsafeGuaranteedRef { kernel in
      try kernel.body(
        KernelContext(
          inputs: step.inputs, outputs: step.outputs, scratch: step.scratch, workers: workers))
    }
  }

  private func located(_ error: any Error, _ number: Int) -> GraphError {
    let step = plan.steps[number]
    return GraphError(
      "\(step.operatorName) '\(step.name)': \(error)", at: step.origin.location)
  }
}
