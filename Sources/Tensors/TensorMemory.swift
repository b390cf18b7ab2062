#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A block of bytes that tensors share.
///
/// A block is written only while one tensor alone holds it; after that it is read only, which is
/// what makes it `Sendable`.
@usableFromInline
final class TensorMemory: @unchecked Sendable {
  /// Where every block of ours begins: a multiple of the widest vector and of a cache line.
  static let alignment = 64

  @usableFromInline let bytes: UnsafeMutableRawBufferPointer
  /// What is to be done when the last tensor lets go; `nil` for a block of ours.
  private let release: (@Sendable () -> Void)?

  /// Whether the block belongs to us and may be written when held once.
  var isOwned: Bool { release == nil }

  /// The block of no bytes.
  static let empty = TensorMemory(
    viewing: UnsafeRawBufferPointer(start: nil, count: 0), release: {})

  /// A block of uninitialised bytes.
  ///
  /// - Throws: `TensorError` when the system has no such block left.
  init(byteCount: Int) throws(TensorError) {
    // `aligned_alloc` takes multiples of the alignment only.
    let rounded = (max(byteCount, 1) + Self.alignment - 1) / Self.alignment * Self.alignment
    guard let base = aligned_alloc(Self.alignment, rounded) else {
      throw TensorError("the system has no \(byteCount) bytes left for a tensor")
    }
    bytes = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    release = nil
  }

  /// Memory of the caller, read in place.
  init(viewing bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    self.bytes = UnsafeMutableRawBufferPointer(mutating: bytes)
    self.release = release
  }

  deinit {
    if let release { release() } else { free(bytes.baseAddress) }
  }
}
