import GraphIR
import Tensors

extension Session {
  /// Compiles what `run` is to compute, so that it finds the plan; does nothing where the graph
  /// leaves sizes of variables open, which only their values tell.
  ///
  /// - Throws: `GraphError` as `run` does, where it cannot be compiled.
  package func compile(
    _ fetches: [Value], targets: [GraphNode], feeding feeds: [Value: Tensor]
  ) throws {
    guard !hasOpenVariables else { return }
    let (callable, tensors) = try prepare(fetches, targets, feeds)
    _ = try callable.compiled(tensors)
  }

  /// Does two things at once, where the session has threads for it, else one after the other.
  package func concurrently<First, Second>(
    _ first: () throws -> First, _ second: () throws -> Second
  ) -> (first: Result<First, any Error>, second: Result<Second, any Error>) {
    var firstResult: Result<First, any Error>?
    var secondResult: Result<Second, any Error>?
    workers.run(pieces: 2) { piece in
      if piece == 0 {
        firstResult = Result { try first() }
      } else {
        secondResult = Result { try second() }
      }
    }
    return (firstResult!, secondResult!)
  }
}
