import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whether the user, or the system, has asked the process to stop, once; asked again, it stops at
/// once.
enum InterruptFlag {
  private static let flag = Atomic<Bool>(false)

  static var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Lets an interrupt, and a request to end, set the flag instead of ending the process.
  static func install() {
    // The flag exists before the handler, which may not make it.
    _ = isSet
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        InterruptFlag.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
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
