import GraphIR
import Operators
import Tensors
import Testing

@Suite struct GraphTests {
  @Test func namesAreUniqueAndScoped() {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    let again = graph.placeholder("x", Float32.self)
    let inner = graph.scope("layer") { graph.scope("inner") { sin(x) } }
    let twin = graph.scope("layer") { graph.scope("inner") { sin(x, name: "Sin") } }
    #expect(x.name == "x")
    #expect(again.name == "x_1")
    #expect(inner.name == "layer/inner/Sin")
    #expect(twin.name == "layer/inner/Sin_1")
    #expect(graph.node(named: "layer/inner/Sin") == inner.node)
  }

  @Test func aNodeCanBeRenamedOnceItsNameIsFree() {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    let y = sin(x)
    #expect(!graph.rename(y.node, to: "x"))
    #expect(!graph.rename(y.node, to: "two words"))
    #expect(graph.rename(y.node, to: "y"))
    #expect(y.name == "y")
    #expect(graph.node(named: "Sin") == nil)
  }

  @Test func nodesWaitForWhatTheyDependOn() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    let first = sin(x)
    let second = graph.controlDependencies(on: [first.node]) { cos(x) }
    let frozen = try graph.frozen()
    #expect(frozen.nodes[second.node.index].controlInputs == [Int32(first.node.index)])
    #expect(frozen.nodes[first.node.index].controlInputs.isEmpty)
  }

  @Test func aFrozenCopyDoesNotChange() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    let frozen = try graph.frozen()
    _ = sin(x)
    #expect(frozen.nodes.count == 1)
    #expect(graph.nodeCount == 2)
  }

  @Test func aChangedCopyOfANodeLeavesTheOriginalAlone() throws {
    let graph = Graph()
    _ = graph.placeholder("x", Float32.self)
    let node = try graph.frozen().nodes[0]
    var copy = node
    copy.name = "y"
    #expect(node.name == "x")
  }

  @Test func whatFollowsAWrongCallIsSilent() {
    let graph = Graph()
    let a = graph.placeholder("a", Float32.self, shape: [2, 3])
    let b = graph.placeholder("b", Float32.self, shape: [4, 5])
    let wrong = matmul(a, b)
    #expect(!wrong.isValid)
    #expect(!sum(wrong * 2 + a).isValid)
    #expect(graph.diagnostics.count == 1)
    #expect(throws: GraphError.self) { _ = try graph.frozen() }
  }

  @Test func aLimitOnNodesIsTold() {
    let graph = Graph(limits: GraphLimits(nodeCount: 3))
    var x = graph.placeholder("x", Float32.self)
    for _ in 0..<5 { x = sin(x) }
    #expect(graph.nodeCount == 3)
    #expect(
      graph.diagnostics.map(\.message) == ["sin: the graph has reached its limit of 3 nodes"])
  }

  @Test func manyThreadsMayBuildAtOnce() async throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<200 { _ = sin(x) } } }
    }
    #expect(graph.nodeCount == 1601)
    try graph.frozen().verify()
  }
}
