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
  private let slots = Mutex<[String: VariableSlot]>([:])
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

  // MARK: Values

  /// The names of the variables that have a value, in alphabetical order.
  public var names: [String] {
    slots.withLock { slots in
      slots.filter { VariableMemory.hasValue($0.value.elements) }.keys.sorted()
    }
  }

  /// The value of a variable; `nil` when it has none, or when there is no memory left for a copy.
  public subscript(name: String) -> Tensor? { try? value(named: name) }

  /// All values, as they were at one moment; none when there is no memory left for them.
  public var values: [String: Tensor] { (try? snapshot()) ?? [:] }

  /// The value of a variable; `nil` when it has none.
  ///
  /// - Throws: What reading it again throws, where its memory was given back; `TensorError` when
  ///   there is no memory left.
  package func value(named name: String) throws -> Tensor? {
    begin(exclusively: false)
    defer { end(exclusively: false) }
    return try slots.withLock { slots in
      guard let slot = slots[name], VariableMemory.hasValue(slot.elements) else { return nil }
      return try slot.copy(name)
    }
  }

  /// All values, as they were at one moment.
  ///
  /// - Throws: What `value(named:)` throws.
  package func snapshot() throws -> [String: Tensor] {
    begin(exclusively: false)
    defer { end(exclusively: false) }
    return try slots.withLock { slots in
      var values: [String: Tensor] = [:]
      for (name, slot) in slots where VariableMemory.hasValue(slot.elements) {
        values[name] = try slot.copy(name)
      }
      return values
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
        slots[name]?.setSource(nil)
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
    take(try StagedValues(types, source: nil, write))
  }

  /// Lets variables have values that can be read again, all at one moment.
  ///
  /// Where runs keep what they have computed from a variable, and read nothing else of it, its
  /// memory is given back; who asks for the variable has it read again.
  ///
  /// - Parameters:
  ///   - types: The variables, no name twice, with types of known shapes.
  ///   - staged: What is read already, and is taken; values of other variables or types are left
  ///     out.
  ///   - read: Writes every byte of the value of the variable of that name, the same each time.
  /// - Throws: `GraphError` for texts, or when there is no memory left; what `read` throws.
  package func set(
    _ types: [(name: String, type: TensorType)], staged: StagedValues = StagedValues(),
    readingAgain read: @escaping VariableSlot.Reading
  ) throws {
    let missing = types.filter { staged.slots[$0.name]?.type != $0.type }
    var values = try StagedValues(missing, source: read, read)
    for (name, type) in types {
      if let slot = staged.slots[name], slot.type == type { values.slots[name] = slot }
    }
    take(values)
  }

  private func take(_ values: StagedValues) {
    begin(exclusively: true)
    defer { end(exclusively: true) }
    slots.withLock { slots in
      for (name, slot) in values.slots {
        VariableMemory.setVersion(slot.elements, newVersion())
        slots[name] = slot
        slots[name]?.setSource(values.source)
      }
    }
    generation.add(1, ordering: .releasing)
  }

  /// Takes the value of every variable away.
  public func removeAll() {
    begin(exclusively: true)
    defer { end(exclusively: true) }
    slots.withLock { $0 = [:] }
    generation.add(1, ordering: .releasing)
  }

  /// The memory of a variable of that type; a variable of another type loses its value.
  private func place(
    _ name: String, _ type: TensorType, _ slots: inout [String: VariableSlot]
  ) throws -> VariableSlot {
    if let slot = slots[name] {
      if slot.type == type { return slot }
      slots[name] = nil
    }
    let slot = try VariableSlot.slots([type], areReleasable: false)[0]
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
  /// - Parameter areRead: Whether the elements are read, or written, and not the headers alone.
  /// - Throws: `GraphError` when a variable has no value that the plan reads.
  func addresses(
    of variables: [Plan.Variable], areRead: Bool = true
  ) throws -> [UnsafeMutableRawPointer] {
    try slots.withLock { slots in
      try variables.map { variable in
        if let slot = slots[variable.name], slot.type == variable.type {
          guard !variable.needsValue || VariableMemory.hasValue(slot.elements) else {
            throw Self.noValue(variable)
          }
          if areRead, slot.isReleased { try slots[variable.name]?.recall(variable.name) }
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

  /// Gives the memory of variables back that can be read again, unless others use the store, too.
  ///
  /// The caller has begun a run, and reads the elements of these variables no more.
  func release(_ variables: [Plan.Variable]) {
    // A run that changes variables releases none, and one that uses none has not been counted.
    guard !variables.isEmpty,
      sharers.compareExchange(expected: 1, desired: -1, ordering: .acquiring).exchanged
    else { return }
    defer { sharers.store(1, ordering: .releasing) }
    let released = slots.withLock { slots in
      variables.count { slots[$0.name]?.release() == true }
    }
    if released > 0 { generation.add(1, ordering: .releasing) }
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
