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

  /// One thread for each processor, unless told otherwise.
  ///
  /// - Precondition: `threads` is at least 1.
  public init(threads: Int? = nil) {
    precondition(threads ?? 1 >= 1, "a session runs on one thread at least")
    self.threads = threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
