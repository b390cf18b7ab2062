import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread that prepares batches ahead of whoever uses them.
///
/// Both sides sleep while they wait. The thread has ended when the prefetcher is gone.
final class Prefetcher {
  /// How many batches are prepared, or being prepared, beyond the one that is used.
  static let depth = 2

  /// What the two threads share.
  private final class Shared: @unchecked Sendable {
    /// Used by the thread that prepares alone.
    let maker: BatchMaker
    let positions: Range<Int>
    /// The prepared batches, each at its position modulo the depth.
    ///
    /// The two counts say whose a slot is: the thread that has waited for one of them has the next
    /// slot to itself until it signals the other.
    let slots = UnsafeMutablePointer<Batch?>.allocate(capacity: Prefetcher.depth)
    let readyCount = Semaphore(0)
    let freeCount = Semaphore(Prefetcher.depth)
    let isStopped = Atomic<Bool>(false)

    init(_ maker: BatchMaker, _ positions: Range<Int>) {
      self.maker = maker
      self.positions = positions
      slots.initialize(repeating: nil, count: Prefetcher.depth)
    }

    deinit {
      slots.deinitialize(count: Prefetcher.depth)
      slots.deallocate()
    }

    func prepareAll() {
      for position in positions {
        freeCount.wait()
        if isStopped.load(ordering: .acquiring) { return }
        slots[position % Prefetcher.depth] = maker.batch(at: position)
        readyCount.signal()
      }
    }
  }

  private let shared: Shared
  private let thread: pthread_t

  /// Begins to prepare the batches at the given positions; `nil` when the system has no thread
  /// left.
  ///
  /// - Parameter maker: Used by nobody else until the prefetcher is gone.
  init?(_ maker: BatchMaker, positions: Range<Int>) {
    let shared = Shared(maker, positions)
    let argument = Unmanaged.passRetained(shared).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Shared>.fromOpaque(argument!).takeRetainedValue().prepareAll()
        return nil
      }, argument)
    guard status == 0 else {
      Unmanaged<Shared>.fromOpaque(argument).release()
      return nil
    }
    self.shared = shared
    self.thread = thread
  }

  deinit {
    shared.isStopped.store(true, ordering: .releasing)
    shared.freeCount.signal()
    pthread_join(thread, nil)
  }

  /// The batch at a position.
  ///
  /// - Precondition: Every position is asked for once and in order.
  func batch(at position: Int) -> Batch {
    shared.readyCount.wait()
    let batch = shared.slots[position % Self.depth].take()!
    shared.freeCount.signal()
    return batch
  }
}

/// A count that threads wait for, asleep.
private final class Semaphore: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init(_ count: Int) { sem_init(semaphore, 0, UInt32(count)) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  /// Takes one of the count, which a signal to the process interrupts.
  func wait() {
    while sem_wait(semaphore) != 0, errno == EINTR {}
  }
}
