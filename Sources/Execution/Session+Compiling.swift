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
}
