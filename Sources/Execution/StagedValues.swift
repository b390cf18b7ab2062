import GraphIR
import Tensors

/// Values of variables that lie where they are to stay, before a store has them.
///
/// A store takes the memory itself: values are given to one store, once.
package struct StagedValues: Sendable {
  /// The memory of each variable, by its name.
  var slots: [String: VariableSlot] = [:]
  /// What reads a value again, if anything does.
  let source: VariableSlot.Reading?

  /// No values.
  package init() { source = nil }

  /// Reads values that can be read again.
  ///
  /// - Parameters:
  ///   - types: The variables, no name twice, with types of known shapes.
  ///   - read: Writes every byte of the value of the variable of that name, the same each time.
  /// - Throws: `GraphError` for texts, or when there is no memory left; what `read` throws.
  package init(
    _ types: [(name: String, type: TensorType)], readingAgain read: @escaping VariableSlot.Reading
  ) throws {
    try self.init(types, source: read, read)
  }

  init(
    _ types: [(name: String, type: TensorType)], source: VariableSlot.Reading?,
    _ write: (_ name: String, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    self.source = source
    if types.isEmpty { return }
    let memory = try VariableSlot.slots(types.map(\.type), areReleasable: source != nil)
    for ((name, _), slot) in zip(types, memory) {
      try write(name, slot.bytes)
      VariableMemory.setHasValue(slot.elements, true)
      slots[name] = slot
    }
  }
}
