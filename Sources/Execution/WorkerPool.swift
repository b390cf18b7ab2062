import CKernels
import GraphIR
import Operators
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Notes a closure where other threads can call it, until `keepClosure` has been called with it.
@_silgen_name("staticgraph_closure_take")
private func noteClosure(
  _ body: (Int) -> Void, _ closure: UnsafeMutablePointer<staticgraph_closure>)

/// Keeps a closure that was noted alive up to here.
@_silgen_name("staticgraph_closure_keep")
private func keepClosure(_ body: (Int) -> Void)

/// Threads that share the pieces of kernels' work.
///
/// A thread that has nothing to do looks for work for a short while and then sleeps. One kernel at
/// a time has the pool; a kernel that finds it taken does its pieces itself, so that nobody waits.
final class WorkerPool: Workers, @unchecked Sendable {
  /// What the threads share.
  ///
  /// It outlives the pool until the last thread has left.
  private final class Shared: @unchecked Sendable {
    /// The number of the current job in the upper half, its next piece in the lower.
    let ticket = Atomic<UInt64>(0)
    let pieces = Atomic<Int>(0)
    let finished = Atomic<Int>(0)
    let isTaken = Atomic<Bool>(false)
    let isClosed = Atomic<Bool>(false)
    let sleepers = Atomic<Int>(0)
    /// Where the closure of the current job is noted, on the stack of the thread that started it.
    let job = Atomic<UInt>(0)
    let wakeUp = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(wakeUp, 0, 0) }

    deinit {
      sem_destroy(wakeUp)
      wakeUp.deallocate()
    }
  }

  private let shared = Shared()
  private let threadCount: Int

  /// How often a thread looks for work before it sleeps: some tens of microseconds.
  private static let patience = 20_000

  /// A pool in which so many threads work, that of the caller among them.
  init(threadCount: Int) {
    // Before any work, which the library's threads would disturb.
    precondition(LinearAlgebraLibrary.isOnCallingThread)
    self.threadCount = max(1, threadCount)
    super.init()
    for _ in 1..<self.threadCount { startThread() }
  }

  deinit {
    shared.isClosed.store(true, ordering: .sequentiallyConsistent)
    for _ in 1..<threadCount { sem_post(shared.wakeUp) }
  }

  override var count: Int { threadCount }

  override func run(pieces: Int, _ body: (Int) -> Void) {
    guard pieces > 1, threadCount > 1, pieces < Int32.max,
      shared.isTaken.compareExchange(
        expected: false, desired: true, ordering: .acquiring
      ).exchanged
    else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    var closure = staticgraph_closure()
    withUnsafeMutablePointer(to: &closure) { job in
      noteClosure(body, job)
      // An odd number closes the ticket while the job is changed, so that a worker which comes
      // late to the job before takes no piece with the closure of another.
      let number = ((shared.ticket.load(ordering: .relaxed) >> 32) &+ 2) & 0xFFFF_FFFF
      shared.ticket.store((number &- 1) << 32 | 0xFFFF_FFFF, ordering: .sequentiallyConsistent)
      shared.job.store(UInt(bitPattern: job), ordering: .releasing)
      shared.pieces.store(pieces, ordering: .releasing)
      shared.finished.store(0, ordering: .releasing)
      shared.ticket.store(number << 32, ordering: .sequentiallyConsistent)
      let sleepers = shared.sleepers.load(ordering: .sequentiallyConsistent)
      for _ in 0..<min(sleepers, pieces - 1) { sem_post(shared.wakeUp) }
      Self.work(shared, on: number)
      while shared.finished.load(ordering: .acquiring) < pieces { staticgraph_pause() }
      keepClosure(body)
    }
    shared.isTaken.store(false, ordering: .releasing)
  }

  /// Takes pieces of the job of that number until none is left.
  private static func work(_ shared: Shared, on number: UInt64) {
    let job = UnsafePointer<staticgraph_closure>(bitPattern: shared.job.load(ordering: .acquiring))
    let pieces = shared.pieces.load(ordering: .acquiring)
    while true {
      let ticket = shared.ticket.load(ordering: .acquiring)
      // A piece is taken only while the job is the one whose closure was read above; who has
      // taken one keeps the job's starter waiting, and so the closure alive.
      guard ticket >> 32 == number & 0xFFFF_FFFF, Int(ticket & 0xFFFF_FFFF) < pieces, let job else {
        return
      }
      if shared.ticket.compareExchange(
        expected: ticket, desired: ticket + 1, ordering: .acquiringAndReleasing
      ).exchanged {
        staticgraph_closure_call(job, Int(ticket & 0xFFFF_FFFF))
        shared.finished.add(1, ordering: .acquiringAndReleasing)
      }
    }
  }

  private func startThread() {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(shared).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        let shared = Unmanaged<Shared>.fromOpaque(argument!).takeRetainedValue()
        WorkerPool.serve(shared)
        return nil
      }, argument)
    if status == 0 {
      pthread_detach(thread)
    } else {
      // Fewer threads do the same work.
      Unmanaged<Shared>.fromOpaque(argument).release()
    }
  }

  private static func serve(_ shared: Shared) {
    var last: UInt64 = 0
    var idle = 0
    while !shared.isClosed.load(ordering: .acquiring) {
      let number = shared.ticket.load(ordering: .acquiring) >> 32
      if number != last {
        last = number
        work(shared, on: number)
        idle = 0
        continue
      }
      idle += 1
      if idle < patience {
        staticgraph_pause()
        continue
      }
      shared.sleepers.add(1, ordering: .sequentiallyConsistent)
      if shared.ticket.load(ordering: .sequentiallyConsistent) >> 32 == last,
        !shared.isClosed.load(ordering: .sequentiallyConsistent)
      {
        sem_wait(shared.wakeUp)
      }
      shared.sleepers.subtract(1, ordering: .sequentiallyConsistent)
      idle = 0
    }
  }
}
