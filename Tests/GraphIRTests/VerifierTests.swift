import GraphIR
import Operators
import Tensors
import Testing

@Suite struct VerifierTests {
  private func graph() throws -> FrozenGraph {
    let graph = Graph()
    let a = graph.placeholder("a", Float32.self, shape: [2, 3])
    graph.declareOutput(sum(a * a, axes: [1]), named: "total")
    return try graph.frozen()
  }

  private func fault(_ change: (inout FrozenGraph) -> Void) throws -> String {
    var graph = try graph()
    change(&graph)
    do {
      try graph.verify()
      return "no fault"
    } catch let error as GraphError {
      return error.diagnostics.map(\.message).joined(separator: "\n")
    }
  }

  @Test func aGraphFromTheBuilderIsRight() throws {
    #expect(try fault { _ in } == "no fault")
  }

  @Test func namesStandOnce() throws {
    #expect(
      try fault { $0.nodes[1].name = "a" } == "node 'a' (Mul): another node has the same name")
  }

  @Test func edgesBeginEarlier() throws {
    #expect(
      try fault { $0.nodes[1].inputs[1] = Endpoint(node: 3) }
        == "node 'Mul' (Mul): input 1 does not begin at an output of an earlier node")
    #expect(
      try fault { $0.nodes[1].inputs[0] = Endpoint(node: 0, output: 1) }
        == "node 'Mul' (Mul): input 0 does not begin at an output of an earlier node")
    #expect(
      try fault { $0.nodes[1].controlInputs = [-1] }
        == "node 'Mul' (Mul): a control input does not begin at an earlier node")
  }

  @Test func typesAreWhatTheOperatorsSay() throws {
    #expect(
      try fault { $0.nodes[1].outputs[0].dataType = .float64 }
        == "node 'Mul' (Mul): is stated to be Float64[2, 3], but it is Float32[2, 3]\n"
        + "node 'Sum' (Sum): is stated to be Float32[2], but it is Float64[2]")
    #expect(
      try fault { $0.nodes[3].outputs[0].shape = [3] }
        == "node 'Sum' (Sum): is stated to be Float32[3], but it is Float32[2]")
    #expect(
      try fault { $0.nodes[1].inputs.removeLast() }
        == "mul: takes 2 inputs, but 1 were given")
  }

  @Test func whatIsChangedIsAVariable() throws {
    let graph = Graph()
    let one = graph.constant(Tensor(Float64(1)), name: "one")
    let variable = graph.append(VarHandleOp(one.type), name: "v", origin: .unknown).output
    graph.append(
      AssignVariableOp(), [variable, one], name: "set",
      origin: Origin(fileID: "Module/File.swift", line: 12))
    var frozen = try graph.frozen()
    try frozen.verify()
    frozen.nodes[2].inputs[0] = Endpoint(node: 0)
    let changed = frozen
    let error = #expect(throws: GraphError.self) { try changed.verify() }
    #expect(
      error?.diagnostics.map(\.message) == [
        "AssignVariableOp: resource must be a variable, but it is 'one' (Const)"
      ])
    #expect(error?.diagnostics.first?.location?.line == 12)
  }

  @Test func whatIsDeclaredExists() throws {
    #expect(
      try fault { $0.interface.outputs[0].endpoint = Endpoint(node: 9) }
        == "the declared output 'total' does not exist")
    #expect(
      try fault { $0.interface.targets = [.init(name: "train", node: 9)] }
        == "the declared target 'train' does not exist")
  }
}
