import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Where a program is cut, since sizes depend on values.
@Suite struct BoundaryTests {
  private func boundary(_ fetches: [Value], targets: [GraphNode] = [], feeding feed: Value) throws
    -> Specialization.Boundary
  {
    var request = ProgramRequest(
      feeds: [feed.endpoint], feedTypes: [TensorType(feed.dataType, [3])],
      fetches: fetches.map(\.endpoint))
    request.targets = targets.map(\.index)
    guard
      case .blocked(let boundary) = try specialize(fetches[0].graph.frozen(), for: request)
    else { throw GraphError("all sizes are known") }
    return boundary
  }

  @Test func whatIsWaitedForRunsBeforeTheCut() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let waited = graph.group([(x * 2).node], name: "waited")
    let y = graph.controlDependencies(on: [waited]) { unique(x).values }
    let after = graph.group([y.node], name: "after")
    let boundary = try boundary([y], targets: [after], feeding: x)
    #expect(boundary.evaluated == [y.node.index])
    #expect(boundary.targets == [waited.index])
    #expect(boundary.completed.contains(waited.index))
    #expect(!boundary.completed.contains(after.index))
  }

  @Test func constantsAreNotCarriedAcross() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [nil])
    let weight = graph.constant([2, 3] as Tensor, as: .float64) * 2
    let y = unique(x * 2).values * weight + reshape(x, to: [-1])
    let boundary = try boundary([y], feeding: x)
    #expect(boundary.evaluated.count == 1)
    #expect(boundary.sizes == [])
    #expect(Set(boundary.crossing.map { graph.value(at: $0).node.name }) == ["Mul_1", "Reshape"])
    #expect(boundary.known.keys.map { graph.value(at: $0).node.name } == ["Mul"])
  }
}
