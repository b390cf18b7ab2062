import GraphIR
import Tensors

/// A variable's memory.
package struct VariableSlot: @unchecked Sendable {
  /// Writes every byte of the value of the variable of that name to where it is to lie.
  package typealias Reading =
    @Sendable (_ name: String, UnsafeMutableRawBufferPointer) throws -> Void

  /// Where the elements begin, behind the header.
  let elements: UnsafeMutableRawPointer
  let type: TensorType
  /// What has the elements in it, and maybe those of other variables.
  private let memory: KeptMemory
  /// What reads a value again, and the version that the variable had with it.
  private var source: (read: Reading, version: Int)?
  /// Whether the elements were given back to the system, so that the source alone has the value.
  private(set) var isReleased = false

  private init(_ type: TensorType, _ memory: KeptMemory, at offset: Int) {
    elements = memory.bytes.baseAddress! + offset
    self.type = type
    self.memory = memory
    VariableMemory.setHasValue(elements, false)
  }

  /// Memory for variables of those types, in one block.
  ///
  /// - Parameter areReleasable: Whether the elements may be given back.
  /// - Throws: `GraphError` for texts, or when there is no memory left.
  static func slots(_ types: [TensorType], areReleasable: Bool) throws -> [VariableSlot] {
    var end = 0
    let offsets = try types.map { type in
      let unit = VariableMemory.headerByteCount
      let (start, overflows) = end.addingReportingOverflow(unit)
      guard type.dataType != .string, let byteCount = type.byteCount, !overflows,
        byteCount < Int.max - start - unit
      else { throw GraphError("a variable cannot be \(type)") }
      end = (start + max(1, byteCount) + unit - 1) / unit * unit
      return start
    }
    guard let memory = try? KeptMemory(byteCount: end, isReleasable: areReleasable) else {
      let what = types.count == 1 ? "a variable of \(types[0])" : "\(types.count) variables"
      throw GraphError("there is no memory left for \(what)")
    }
    return zip(types, offsets).map { VariableSlot($0, memory, at: $1) }
  }

  /// Where the elements lie.
  var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: elements, count: type.byteCount!)
  }

  /// Notes what reads the value of now again; without that, the memory alone has it.
  mutating func setSource(_ read: Reading?) {
    source = read.map { ($0, VariableMemory.version(elements)) }
    isReleased = false
  }

  /// Gives the elements back to the system, where they can be read again; the header stays.
  ///
  /// - Returns: Whether it did.
  mutating func release() -> Bool {
    guard !isReleased, let source, source.version == VariableMemory.version(elements),
      memory.release(bytes)
    else { return false }
    isReleased = true
    return true
  }

  /// Reads the elements again, where they were given back.
  mutating func recall(_ name: String) throws {
    guard isReleased, let source else { return }
    try source.read(name, bytes)
    isReleased = false
  }

  /// The value, in memory of its own.
  func copy(_ name: String) throws -> Tensor {
    try Tensor(uninitialized: type.dataType, dimensions: type.shape.known!) { target in
      if isReleased, let source {
        try source.read(name, target)
      } else if let base = target.baseAddress {
        base.copyMemory(from: elements, byteCount: target.count)
      }
    }
  }
}
