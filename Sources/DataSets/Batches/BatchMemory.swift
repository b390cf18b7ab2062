import Synchronization
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Buffers of one size that batches are prepared in, again and again.
final class BatchMemory: Sendable {
  /// Where buffers begin: at a multiple of the widest vector and of a cache line.
  private static let alignment = 64

  private let byteCount: Int
  /// The addresses of buffers that no batch is in.
  private let spares = Mutex<[UInt]>([])

  init(byteCount: Int) {
    self.byteCount = (max(1, byteCount) + Self.alignment - 1) / Self.alignment * Self.alignment
  }

  deinit {
    spares.withLock { addresses in
      for address in addresses { free(UnsafeMutableRawPointer(bitPattern: address)) }
    }
  }

  /// Makes buffers in advance.
  ///
  /// - Throws: `TensorError` when the system has no such buffers left.
  func reserve(_ count: Int) throws {
    for _ in 0..<count {
      guard let address = aligned_alloc(Self.alignment, byteCount) else {
        throw TensorError(
          "the system has no memory left for \(count) batches of \(byteCount) bytes each")
      }
      giveBack(address)
    }
  }

  /// A buffer that no batch is in.
  ///
  /// More than were reserved are needed only where batches are kept. As for arrays that grow, the
  /// process ends when the system has no memory left for that.
  func take() -> BatchBlock {
    if let address = spares.withLock({ $0.popLast() }) {
      return BatchBlock(self, UnsafeMutableRawPointer(bitPattern: address)!, byteCount)
    }
    guard let address = aligned_alloc(Self.alignment, byteCount) else {
      preconditionFailure("the system has no \(byteCount) bytes left for another batch")
    }
    return BatchBlock(self, address, byteCount)
  }

  fileprivate func giveBack(_ address: UnsafeMutableRawPointer) {
    spares.withLock { $0.append(UInt(bitPattern: address)) }
  }
}

/// A buffer while a batch is in it, given back when the last of the batch's tensors is gone.
///
/// Written only before the first tensor of it is handed out, which is what makes it `Sendable`.
final class BatchBlock: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer
  private let memory: BatchMemory

  fileprivate init(_ memory: BatchMemory, _ address: UnsafeMutableRawPointer, _ byteCount: Int) {
    self.memory = memory
    bytes = UnsafeMutableRawBufferPointer(start: address, count: byteCount)
  }

  deinit { memory.giveBack(bytes.baseAddress!) }

  /// A part of the buffer as a tensor that keeps the block.
  ///
  /// - Precondition: The part is of the size that type and sizes ask for.
  func tensor(
    of part: Slice<UnsafeMutableRawBufferPointer>, _ dataType: DataType, dimensions: [Int]
  ) -> Tensor {
    // The only error is one of sizes.
    try! Tensor(
      viewing: UnsafeRawBufferPointer(rebasing: part), dataType: dataType, dimensions: dimensions,
      release: { withExtendedLifetime(self) {} })
  }
}
