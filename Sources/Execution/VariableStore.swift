import GraphIR
import Planning
import Synchronization
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The variables of a session: values that stay from one run to the next.
///
/// Each session has a store of its own, unless several are given the same one. Runs that change
/// variables have the store to themselves; others share it. So no run ever sees a change that
/// another has made in part.
public final class VariableStore: Sendable {
  /// A variable's memory.
  private struct Slot: @unchecked Sendable {
    /// Where the elements begin, behind the header.
    var elements: UnsafeMutableRawPointer
    var type: TensorType

    init(_ type: TensorType) throws {
      guard type.dataType != .string, let byteCount = type.byteCount,
        byteCount <= Int.max - VariableMemory.headerByteCount
      else { throw GraphError("a variable cannot be \(type)") }
      var memory: UnsafeMutableRawPointer?
      guard posix_memalign(&memory, 64, VariableMemory.headerByteCount + max(1, byteCount)) == 0,
        let memory
      else { throw GraphError("there is no memory left for a variable of \(type)") }
      elements = memory + VariableMemory.headerByteCount
      self.type = type
      VariableMemory.setHasValue(elements, false)
    }

    func giveBack() { free(elements - VariableMemory.headerByteCount) }
  }

  private let slots = Mutex<[String: Slot]>([:])
  /// Changes whenever memory moves, or a value is taken away.
  private let generation = Atomic<Int>(1)
  /// The last version that a variable was given.
  private let lastVersion = Atomic<Int>(0)
  /// How many runs share the store; −1 while one has it to itself.
  private let sharers = Atomic<Int>(0)
  /// How many runs wait to have it to themselves.
  private let waiting = Atomic<Int>(0)

  /// A store without variables.
  public init() {}

  deinit {
    slots.withLock { slots in
      for slot in slots.values { slot.giveBack() }
    }
  }

  // MARK: Values

  /// The names of the variables that have a value, in alphabetical order.
  public var names: [String] {
    slots.withLock { slots in
      slots.filter { VariableMemory.hasValue($0.value.elements) }.keys.sorted()
    }
  }

  /// The value of a variable; `nil` when it has none.
  public subscript(name: String) -> Tensor? {
    begin(exclusively: false)
    defer { end(exclusively: false) }
    return slots.withLock { slots in
      guard let slot = slots[name], VariableMemory.hasValue(slot.elements) else { return nil }
      return try? Self.copy(slot)
    }
  }

  /// All values, as they were at one moment.
  public var values: [String: Tensor] {
    begin(exclusively: false)
    defer { end(exclusively: false) }
    return slots.withLock { slots in
      slots.compactMapValues { slot in
        VariableMemory.hasValue(slot.elements) ? try? Self.copy(slot) : nil
      }
    }
  }

  /// Lets variables have values, all at one moment.
  ///
  /// - Throws: `GraphError` for texts, or when there is no memory left.
  public func set(_ values: [String: Tensor]) throws {
    begin(exclusively: true)
    defer { end(exclusively: true) }
    try slots.withLock { slots in
      for (name, value) in values {
        let slot = try place(name, value.type, &slots)
        value.withUnsafeBytes { bytes in
          if let base = bytes.baseAddress, bytes.count > 0 {
            slot.elements.copyMemory(from: base, byteCount: bytes.count)
          }
        }
        VariableMemory.setHasValue(slot.elements, true)
        VariableMemory.setVersion(slot.elements, newVersion())
      }
    }
  }

  /// Lets variables have values that are written to where they are to lie, all at one moment.
  ///
  /// Runs go on meanwhile with the values of before, which stay where an error is thrown.
  ///
  /// - Parameters:
  ///   - types: The variables, no name twice, with types of known shapes.
  ///   - write: Writes every byte of the value of the variable of that name.
  /// - Throws: `GraphError` for texts, or when there is no memory left; what `write` throws.
  public func set(
    _ types: [(name: String, type: TensorType)],
    write: (_ name: String, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    var written: [(name: String, slot: Slot)] = []
    do {
      for (name, type) in types {
        let slot = try Slot(type)
        written.append((name, slot))
        let memory = UnsafeMutableRawBufferPointer(start: slot.elements, count: type.byteCount!)
        try write(name, memory)
        VariableMemory.setHasValue(slot.elements, true)
      }
    } catch {
      for (_, slot) in written { slot.giveBack() }
      throw error
    }
    begin(exclusively: true)
    defer { end(exclusively: true) }
    slots.withLock { slots in
      for (name, slot) in written {
        VariableMemory.setVersion(slot.elements, newVersion())
        slots.updateValue(slot, forKey: name)?.giveBack()
      }
    }
    generation.add(1, ordering: .releasing)
  }

  /// Takes the value of every variable away.
  public func removeAll() {
    begin(exclusively: true)
    defer { end(exclusively: true) }
    slots.withLock { slots in
      for slot in slots.values { slot.giveBack() }
      slots = [:]
    }
    generation.add(1, ordering: .releasing)
  }

  private static func copy(_ slot: Slot) throws -> Tensor {
    try Tensor(uninitialized: slot.type.dataType, dimensions: slot.type.shape.known!) { bytes in
      guard let base = bytes.baseAddress else { return }
      base.copyMemory(from: slot.elements, byteCount: bytes.count)
    }
  }

  /// The memory of a variable of that type; a variable of another type loses its value.
  private func place(
    _ name: String, _ type: TensorType, _ slots: inout [String: Slot]
  ) throws -> Slot {
    if let slot = slots[name] {
      if slot.type == type { return slot }
      slots[name] = nil
      slot.giveBack()
    }
    let slot = try Slot(type)
    VariableMemory.setVersion(slot.elements, newVersion())
    slots[name] = slot
    generation.add(1, ordering: .releasing)
    return slot
  }

  // MARK: Runs

  /// The type of a variable that has a value.
  func type(of name: String) -> TensorType? {
    slots.withLock { slots in
      guard let slot = slots[name], VariableMemory.hasValue(slot.elements) else { return nil }
      return slot.type
    }
  }

  /// What changes whenever an address does that `addresses` has given.
  var currentGeneration: Int { generation.load(ordering: .acquiring) }

  /// A version that no variable of the store has had.
  func newVersion() -> Int { lastVersion.add(1, ordering: .relaxed).newValue }

  /// Where the variables of a plan lie.
  ///
  /// The caller has begun a run, for itself alone where the plan changes variables.
  ///
  /// - Throws: `GraphError` when a variable has no value that the plan reads.
  func addresses(of variables: [Plan.Variable]) throws -> [UnsafeMutableRawPointer] {
    try slots.withLock { slots in
      try variables.map { variable in
        if let slot = slots[variable.name], slot.type == variable.type {
          guard !variable.needsValue || VariableMemory.hasValue(slot.elements) else {
            throw Self.noValue(variable)
          }
          return slot.elements
        }
        guard let slot = slots[variable.name], VariableMemory.hasValue(slot.elements) else {
          if variable.needsValue { throw Self.noValue(variable) }
          return try place(variable.name, variable.type, &slots).elements
        }
        guard variable.isAssigned else {
          throw GraphError(
            "the variable '\(variable.name)' is \(slot.type) in the session, but the graph has"
              + " \(variable.type)", at: variable.origin.location)
        }
        return try place(variable.name, variable.type, &slots).elements
      }
    }
  }

  private static func noValue(_ variable: Plan.Variable) -> GraphError {
    GraphError(
      "the variable '\(variable.name)' has no value yet", at: variable.origin.location,
      notes: ["initialise the variables, or restore them, before they are read"])
  }

  /// Begins a run that reads variables, or that changes some and then has the store to itself.
  func begin(exclusively: Bool) {
    if exclusively { waiting.add(1, ordering: .relaxed) }
    defer { if exclusively { waiting.subtract(1, ordering: .relaxed) } }
    while true {
      let count = sharers.load(ordering: .relaxed)
      let mayEnter = exclusively ? count == 0 : count >= 0 && waiting.load(ordering: .relaxed) == 0
      if mayEnter,
        sharers.compareExchange(
          expected: count, desired: exclusively ? -1 : count + 1, ordering: .acquiring
        ).exchanged
      {
        return
      }
      sched_yield()
    }
  }

  /// Ends what `begin` has begun.
  func end(exclusively: Bool) {
    if exclusively {
      sharers.store(0, ordering: .releasing)
    } else {
      sharers.subtract(1, ordering: .releasing)
    }
  }
}
