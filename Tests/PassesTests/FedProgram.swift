import GraphIR
import Operators
import Tensors

@testable import Passes

/// The program that fetches `values` of their graph, every placeholder fed.
func fedProgram(_ values: [Value]) throws -> Program {
  let graph = values[0].graph
  let frozen = try graph.frozen()
  let feeds = frozen.nodes.indices.filter { frozen.nodes[$0].operation is Placeholder }
  let request = ProgramRequest(
    feeds: feeds.map { Endpoint(node: $0) },
    feedTypes: feeds.map { frozen.nodes[$0].outputs[0] }, fetches: values.map(\.endpoint))
  guard case .complete(let program) = try specialize(frozen, for: request) else {
    throw GraphError("the sizes depend on values")
  }
  return program
}

/// The operators of a program but for its feeds and constants.
func operators(_ program: Program) -> [String] {
  program.graph.nodes.map(\.operatorName).filter { $0 != "Placeholder" && $0 != "Const" }.sorted()
}
