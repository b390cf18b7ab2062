import GraphFiles
import GraphIR
import Operators
import Tensors
import Testing

@Suite struct MappingOrderTests {
  @Test func anOrderedFileKeepsItsOrder() throws {
    let records = nodes(
      node("b", "Sin", ["x"]), placeholder("late", []), node("a", "Mul", ["b", "c"]),
      node("n", "NoOp", ["^late", "^a"], nil), node("z", "Cos", ["x", "^n"]))
    let graph = try map(records)
    #expect(graph.nodes.map(\.name) == records.map(\.name))
    #expect(graph.node("n")?.controlInputs == [3, 4])
    #expect(graph.node("z")?.controlInputs == [5])
    try graph.verify()
  }

  @Test func whatIsNeededMovesForward() throws {
    let graph = try map([
      node("y", "Mul", ["s", "c:0"]), placeholder("other", []), constant("c", Tensor(Float(2))),
      node("s", "Sin", ["x", "^other"]), placeholder("x", [nil]),
    ])
    #expect(graph.nodes.map(\.name) == ["x", "other", "s", "c", "y"])
    #expect(graph.node("y")?.outputs == [TensorType(.float32, [nil])])
    try graph.verify()
  }

  @Test func reversedFile() throws {
    let records = try GraphFile.read(path: realFiles().first { $0.contains("fc-layers") } ?? "")
    var reversed = records
    reversed.nodes.reverse()
    let graph = try map(reversed)
    try graph.verify()
    #expect(Set(graph.nodes.map(\.name)) == Set(records.nodes.map(\.name)))
    let types = Dictionary(
      uniqueKeysWithValues: try map(records).nodes.map { ($0.name, $0.outputs) })
    for node in graph.nodes { #expect(node.outputs == types[node.name]) }
  }

  @Test(arguments: [false, true]) func longChain(isReversed: Bool) throws {
    var records = [placeholder("n0", [4])]
    for number in 1..<100_000 { records.append(node("n\(number)", "Sin", ["n\(number - 1)"])) }
    if isReversed { records.reverse() }
    let input = graphFile(records)
    var graph = FrozenGraph()
    let duration = try ContinuousClock().measure { graph = try map(input) }
    #expect(graph.nodes.count == 100_000)
    #expect(graph.nodes.last?.name == "n99999")
    #expect(graph.nodes.last?.outputs == [TensorType(.float32, [4])])
    // Far from what a quadratic step would take, also in a debug build on a busy machine.
    #expect(duration < .seconds(60))
    print("note: 100,000 nodes\(isReversed ? " in reverse" : "") were mapped in \(duration)")
  }
}
