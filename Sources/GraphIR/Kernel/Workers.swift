/// Who shares the pieces of a kernel's work: here the calling thread alone.
///
/// The execution layer brings workers that run on many threads.
open class Workers: @unchecked Sendable {
  /// Workers that are the calling thread alone.
  public init() {}

  /// How many threads share the work.
  open var count: Int { 1 }

  /// Calls `body` for each piece from 0 up and returns when all are done.
  open func run(pieces: Int, _ body: (Int) -> Void) {
    for piece in 0..<pieces { body(piece) }
  }
}
