#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A block of bytes that is kept for long, as what the runs of a session compute in.
///
/// A large one stands in large pages as far as these are filled, so that the system is asked for
/// memory some times and not thousands of times, and is given back whole.
package final class KeptMemory: @unchecked Sendable {
  /// The bytes, which begin at a multiple of 64.
  package let bytes: UnsafeMutableRawBufferPointer
  /// How many bytes the system gave for this block alone; `nil` for one of the heap.
  private let mappedByteCount: Int?

  private static let largePage = 2 << 20
  private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// A block of uninitialised bytes.
  ///
  /// - Parameter isReleasable: Whether parts of it may be given back: it has small pages then.
  /// - Throws: `TensorError` when the system has no such block left.
  package init(byteCount: Int, isReleasable: Bool = false) throws(TensorError) {
    let failure = TensorError("the system has no \(byteCount) bytes left for a tensor")
    #if os(Linux)
      if isReleasable || byteCount >= Self.largePage {
        guard let (base, mapped) = Self.mapped(byteCount, hasLargePages: !isReleasable) else {
          throw failure
        }
        bytes = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
        mappedByteCount = mapped
        return
      }
    #endif
    let alignment = TensorMemory.alignment
    let (padded, overflows) = max(byteCount, 1).addingReportingOverflow(alignment - 1)
    guard !overflows, let base = aligned_alloc(alignment, padded / alignment * alignment) else {
      throw failure
    }
    bytes = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    mappedByteCount = nil
  }

  deinit {
    if let mappedByteCount {
      munmap(bytes.baseAddress!, mappedByteCount)
    } else {
      free(bytes.baseAddress)
    }
  }

  /// Gives the whole pages of some bytes back to the system; what stands there is undefined then,
  /// until it is written again.
  ///
  /// - Returns: Whether there were such pages.
  package func release(_ part: UnsafeMutableRawBufferPointer) -> Bool {
    guard mappedByteCount != nil, let base = part.baseAddress else { return false }
    let lead = (Self.page - Int(bitPattern: base) % Self.page) % Self.page
    let count = (part.count - lead) / Self.page * Self.page
    return count > 0 && madvise(base + lead, count, MADV_DONTNEED) == 0
  }

  #if os(Linux)
    /// Memory that begins with a large page, and how many bytes it has.
    private static func mapped(
      _ byteCount: Int, hasLargePages: Bool
    ) -> (UnsafeMutableRawPointer, Int)? {
      guard byteCount <= Int.max - 4 * largePage else { return nil }
      // A last page that is filled for the most part may be a large one, too.
      let filled = byteCount / largePage + (byteCount % largePage > largePage * 3 / 4 ? 1 : 0)
      let large = hasLargePages ? filled : 0
      let needed = max(large * largePage, page, (byteCount + page - 1) / page * page)
      let reserved = needed + largePage
      guard
        let start = mmap(
          nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
        start != MAP_FAILED
      else { return nil }
      let lead = (largePage - Int(bitPattern: start) % largePage) % largePage
      if lead > 0 { munmap(start, lead) }
      if reserved - lead > needed { munmap(start + lead + needed, reserved - lead - needed) }
      // Advice: where the system does not take it, pages stay small.
      if large > 0 { madvise(start + lead, large * largePage, MADV_HUGEPAGE) }
      return (start + lead, needed)
    }
  #endif
}

extension Tensor {
  /// Tensors of uninitialised elements that share one block of memory, for as long as one of them
  /// is kept.
  ///
  /// - Parameter types: Types of known shapes, none of strings.
  /// - Throws: `TensorError` when the system has no such block left.
  package static func block(of types: [TensorType]) throws -> [Tensor] {
    var offsets: [Int] = []
    var end = 0
    for type in types {
      offsets.append(end)
      let byteCount = try checkedByteCount(type.dataType, type.shape.known!)
      end = try TensorMemory.end(of: byteCount, from: end)
    }
    let memory = try KeptMemory(byteCount: end)
    return try zip(types, offsets).map { type, offset in
      let part = UnsafeRawBufferPointer(memory.bytes)[offset..<offset + type.byteCount!]
      return try Tensor(
        viewing: UnsafeRawBufferPointer(rebasing: part), dataType: type.dataType,
        dimensions: type.shape.known!, release: { withExtendedLifetime(memory) {} })
    }
  }
}

extension TensorMemory {
  /// Where the next part of a block may begin behind one of so many bytes.
  ///
  /// - Throws: `TensorError` where no memory reaches that far.
  static func end(of byteCount: Int, from start: Int) throws(TensorError) -> Int {
    let (end, overflows) = start.addingReportingOverflow(byteCount)
    guard !overflows, end <= Int.max - alignment else {
      throw TensorError("the system has no \(byteCount) bytes left for a tensor")
    }
    return (end + alignment - 1) / alignment * alignment
  }
}
