#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How a session runs.
public struct SessionOptions: Hashable, Sendable {
  /// How many threads share the work of a kernel.
  ///
  /// The result has the same bits for any number.
  public var threads: Int
  /// The most bytes that a run may need besides its feeds; `nil` for no limit.
  ///
  /// What is counted is known before anything runs: the arena, results, variables, constants, and
  /// what is computed once and kept. Where a run would need more, cheap values are computed anew
  /// rather than kept; where that is not enough, the run is refused.
  public var maxMemory: Int?
  /// Whether convolutions of 3 × 3 pixels may be computed by a Winograd transform.
  ///
  /// It is faster where it is chosen; its error stays below 1e-4 of the largest result.
  public var usesWinograd: Bool

  /// One thread for each processor and no limit on memory, unless told otherwise.
  ///
  /// - Precondition: `threads` is at least 1.
  public init(threads: Int? = nil, maxMemory: Int? = nil, usesWinograd: Bool = true) {
    precondition(threads ?? 1 >= 1, "a session runs on one thread at least")
    self.maxMemory = maxMemory
    self.usesWinograd = usesWinograd
    self.threads = threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
