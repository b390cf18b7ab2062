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
    let isLarge = byteCount >= Self.largeByteCount
    let alignment = isLarge ? Self.hugePageByteCount : Self.alignment
    // `aligned_alloc` takes multiples of the alignment only.
    let (padded, overflows) = max(byteCount, 1).addingReportingOverflow(alignment - 1)
    guard !overflows, let base = aligned_alloc(alignment, padded / alignment * alignment) else {
      throw TensorError("the system has no \(byteCount) bytes left for a tensor")
    }
    #if os(Linux)
      // Advice: where the system does not take it, pages stay small.
      if isLarge { madvise(base, padded / alignment * alignment, MADV_HUGEPAGE) }
    #endif
    bytes = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    release = nil
  }

  /// From so many bytes on, memory comes in large pages: of small ones there would be more than
  /// processors keep the addresses of.
  private static let largeByteCount = 16 << 20
  private static let hugePageByteCount = 2 << 20

  /// Memory of the caller, read in place.
  init(viewing bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    self.bytes = UnsafeMutableRawBufferPointer(mutating: bytes)
    self.release = release
  }

  deinit {
    if let release { release() } else { free(bytes.baseAddress) }
  }
}
