import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whether the user has asked the process to stop, once; asked again, it stops at once.
enum InterruptFlag {
  private static let flag = Atomic<Bool>(false)

  static var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Lets an interrupt set the flag instead of ending the process.
  static func install() {
    // The flag exists before the handler, which may not make it.
    _ = isSet
    signal(SIGINT) { _ in
      InterruptFlag.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Ends the process as one that was interrupted.
  static func exit() -> Never {
    #if canImport(Glibc)
      Glibc.exit(130)
    #else
      Musl.exit(130)
    #endif
  }
}
