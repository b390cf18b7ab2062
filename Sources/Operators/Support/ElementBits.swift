import CKernels

/// The bits of one element of at most 8 bytes, whatever its type.
struct ElementBits: Sendable {
  /// The element's bytes come first, as the machine orders them.
  let bits: UInt64

  /// The bits of an element.
  init<Element: BitwiseCopyable>(_ element: Element) {
    var bits: UInt64 = 0
    withUnsafeMutableBytes(of: &bits) { memory in
      withUnsafeBytes(of: element) { memory.copyMemory(from: .init(rebasing: $0.prefix(8))) }
    }
    self.bits = bits
  }

  /// The bits of 0, in every type.
  static let zero = ElementBits(0)

  /// Writes `count` copies of the element, each of `size` bytes.
  func fill(_ memory: UnsafeMutableRawPointer, count: Int, size: Int) {
    withUnsafeBytes(of: bits) { element in
      staticgraph_expand(1, count, size, element.baseAddress!, 0, true, memory)
    }
  }
}
