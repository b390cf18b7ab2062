import StaticGraph
import Testing

/// Elements and ranges of values in Swift, and functions with several forms.
@Suite struct SubscriptTests {
  let graph = Graph()
  let cube = try! Tensor((0..<24).map { Int32($0) }, dimensions: [2, 3, 4])

  private func run(_ value: Value) throws -> Tensor { try Session(graph).run(value) }

  @Test func takesElementsAndRanges() throws {
    let x = graph.constant(cube)
    #expect(try run(x[1, 2, 3]) == Tensor(Int32(23)))
    #expect(try run(x[-1, 0]) == Tensor([Int32(12), 13, 14, 15]))
    #expect(
      try run(x[0, 1..<3, 2...])
        == Tensor([Int32(6), 7, 10, 11], dimensions: [2, 2]))
    #expect(
      try run(x[AxisSelection.all, 0, ..<(-2)])
        == Tensor([Int32(0), 1, 12, 13], dimensions: [2, 2]))
    #expect(try run(x[(-1)..., 0, 0]) == Tensor([Int32(12)]))
  }

  @Test func tellsOfAnElementThatDoesNotExist() throws {
    let x = graph.constant(cube)
    _ = x[2]
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(error?.diagnostics.first?.message.contains("axis 0 has no element 2") == true)
  }

  @Test func splitsAndJoins() throws {
    let x = graph.constant(cube)
    let parts = split(x, sizes: [1, -1], axis: 2)
    #expect(parts.count == 2)
    #expect(try run(concat(parts, axis: -1)) == cube)
    #expect(try run(concat(split(x, into: 3, axis: 1), axis: 1)) == cube)
    #expect(try run(stack(unstack(x, axis: 1), axis: 1)) == cube)
    #expect(try run(transpose(transpose(x))) == cube)
    #expect(concat([x], axis: 0) == x)
  }

  @Test func padsWithAValue() throws {
    let x = graph.constant(Tensor([Float(1), 2]))
    #expect(try run(pad(x, paddings: [[1, 2]], value: 5)) == Tensor([Float(5), 1, 2, 5, 5]))
    _ = pad(x, paddings: [[1]])
    #expect(throws: GraphError.self) { _ = try Session(graph) }
  }

  @Test func unstackNeedsACountWhereTheSizeIsOpen() throws {
    let x = graph.placeholder("x", type: TensorType(.float32, [nil, 2]))
    #expect(unstack(x, count: 3).count == 3)
    #expect(unstack(x, axis: 1).count == 2)
    #expect(!unstack(x)[0].isValid)
  }
}
