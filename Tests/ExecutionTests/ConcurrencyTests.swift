import StaticGraph
import Testing

@testable import Execution

/// What a session does at once, and ahead of its runs.
@Suite struct ConcurrencyTests {
  private struct Damage: Error {}

  @Test(arguments: [1, 2]) func bothAreDone(threads: Int) throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let session = try Session(graph, options: SessionOptions(threads: threads))
    let both = session.workers.concurrently {
      try session.run(x * 2, feeding: [x: 4])
    } _: {
      "second"
    }
    #expect(try both.first.get() == Tensor(Float64(8)))
    #expect(try both.second.get() == "second")
    let failing = session.workers.concurrently {
      throw Damage()
    } _: {
      try session.run(x + 1, feeding: [x: 4])
    }
    #expect(throws: Damage.self) { try failing.first.get() }
    #expect(try failing.second.get() == Tensor(Float64(5)))
  }

  @Test func whatWasCompiledIsFound() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self)
    let scale = graph.variable("scale", initialValue: Tensor(Float64(3)))
    let y = x * scale
    let session = try Session(graph)
    // No variable has a value yet.
    try session.compile([y], targets: [], feeding: [x: 2])
    let (callable, tensors) = try session.prepare([y], [], [x: 2])
    let plan = try callable.compiled(tensors)
    try session.setValue(Tensor(Float64(5)), of: scale)
    #expect(try session.run(y, feeding: [x: 2]) == Tensor(Float64(10)))
    let (other, same) = try session.prepare([y], [], [x: 7])
    #expect(try other.compiled(same) === plan)
    #expect(throws: GraphError.self) { try session.compile([y], targets: [], feeding: [:]) }
  }

  @Test func whatOnlyValuesTellIsNotCompiledAhead() throws {
    let graph = Graph()
    let open = graph.append(
      VarHandleOp(TensorType(.float32, .unknown)), name: "w", origin: .unknown)
    let read = graph.append(ReadVariableOp(), [open.output], origin: .unknown).output
    let session = try Session(graph)
    #expect(throws: GraphError.self) { try session.run(read) }
    try session.compile([read], targets: [], feeding: [:])
    try session.setValue([1, 2], of: open.output)
    #expect(try session.run(read) == Tensor([Float32(1), 2]))
  }
}
