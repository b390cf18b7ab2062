import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// The order in which updates of variables run, and which reads are copied.
@Suite struct UpdatePassTests {
  /// The names of the nodes in the order in which they run.
  private func names(
    _ graph: Graph, _ fetches: [Value], targets: [GraphNode]
  ) throws -> [String] {
    let request = ProgramRequest(
      feeds: [], feedTypes: [], fetches: fetches.map(\.endpoint), targets: targets.map(\.index))
    guard case .complete(let program) = try specialize(graph.frozen(), for: request) else {
      throw GraphError("sizes depend on values")
    }
    return try optimized(program).graph.nodes.map(\.name)
  }

  @Test func readsComeBeforeUpdatesThatTheyDoNotDependOn() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2]))
    let update = assignAdd(x, graph.constant(Tensor([Float64(1), 1])), name: "update")
    let late = tanh(x, name: "late")
    let order = try names(graph, [late], targets: [update])
    #expect(try #require(order.firstIndex(of: "late")) < #require(order.firstIndex(of: "update")))
    // What was read is used before the update, so that nothing is copied.
    #expect(!order.contains { $0.hasSuffix("#copy") })
  }

  @Test func aReadThatIsUsedBehindAnUpdateIsCopied() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2]))
    let update = assignAdd(x, graph.constant(Tensor([Float64(1), 1])), name: "update")
    let behind = graph.controlDependencies(on: [update]) { tanh(x, name: "behind") }
    let order = try names(graph, [behind], targets: [])
    let copy = try #require(order.firstIndex { $0.hasSuffix("#copy") })
    #expect(try copy < #require(order.firstIndex(of: "update")))
    #expect(try #require(order.firstIndex(of: "update")) < #require(order.firstIndex(of: "behind")))
  }

  @Test func aFetchedVariableIsCopied() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor([Float64(1), 2]))
    let order = try names(graph, [x], targets: [])
    #expect(order.count { $0.hasSuffix("#copy") } == 1)
  }

  @Test func updatesOfOneVariableKeepTheirOrder() throws {
    let graph = Graph()
    let x = graph.variable("x", initialValue: Tensor(Float64(1)))
    let first = assign(x, graph.constant(Tensor(Float64(2))), name: "first")
    let second = assignAdd(x, graph.constant(Tensor(Float64(3))), name: "second")
    let order = try names(graph, [], targets: [second, first])
    #expect(try #require(order.firstIndex(of: "first")) < #require(order.firstIndex(of: "second")))
  }
}
