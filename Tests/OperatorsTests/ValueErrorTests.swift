import StaticGraph
import Testing

/// What a run is told about values that cannot be computed with.
@Suite struct ValueErrorTests {
  private func message(_ operation: some Operator, _ inputs: [Tensor]) -> String {
    let graph = Graph()
    let node = graph.append(
      operation, inputs.map { graph.constant($0) }, name: "result", origin: .unknown)
    let error = #expect(throws: (any Error).self) {
      _ = try Session(graph).run(node.outputs)
    }
    return error.map { "\($0)" } ?? ""
  }

  @Test func integersAreNotDividedByZero() {
    let inputs = [Tensor([Int32(1), 2]), Tensor([Int32(1), 0])]
    let operations: [any Operator] = [
      Div(), FloorDiv(), FloorMod(), Mod(), TruncateDiv(), TruncateMod(), RealDiv(),
    ]
    for operation in operations {
      #expect(message(operation, inputs).contains("y holds a 0"))
    }
  }

  @Test func theSmallestIntegerDividedByMinusOneWraps() throws {
    let graph = Graph()
    let (x, y) = (graph.constant(Tensor([Int32.min])), graph.constant(Tensor([Int32(-1)])))
    let results = try Session(graph).run(
      [floorDiv(x, y), floorMod(x, y), truncateDiv(x, y), truncateMod(x, y)], feeding: [:])
    #expect(results == [Int32.min, 0, .min, 0].map { Tensor([$0]) })
  }

  @Test func integersHaveNoNegativePowers() {
    let told = message(Pow(), [Tensor([Int64(1), 2]), Tensor([Int64(1), -2])])
    #expect(told.contains("element 1 of y is negative"))
  }

  @Test func labelsAreClasses() {
    let logits = Tensor.sample([2, 3])
    let told = message(
      SparseSoftmaxCrossEntropyWithLogits(), [logits, Tensor([Int32(0), 3])])
    #expect(told.contains("element 1 of labels is 3, but there are 3 classes"))
  }
}
