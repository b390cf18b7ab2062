import GraphIR

extension Workers {
  /// Workers that are so many threads, that of the caller among them.
  package static func pool(threads: Int) -> Workers { WorkerPool(threadCount: threads) }

  /// Does two things at once, where there are threads for it, else one after the other.
  package func concurrently<First, Second>(
    _ first: () throws -> First, _ second: () throws -> Second
  ) -> (first: Result<First, any Error>, second: Result<Second, any Error>) {
    var firstResult: Result<First, any Error>?
    var secondResult: Result<Second, any Error>?
    run(pieces: 2) { piece in
      if piece == 0 {
        firstResult = Result { try first() }
      } else {
        secondResult = Result { try second() }
      }
    }
    return (firstResult!, secondResult!)
  }
}
