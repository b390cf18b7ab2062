import StaticGraph
import Testing

/// Sums of products of more than two tensors, or told by their axes.
@Suite struct EinsumTests {
  @Test func einsumOfThreeTensors() throws {
    let graph = Graph()
    let (a, b, c) = (
      graph.constant(.sample([2, 3])), graph.constant(.sample([3, 4], seed: 2)),
      graph.constant(.sample([4, 2], seed: 3))
    )
    let results = try Session(graph).run(
      [einsum("ij, jk, kl -> il", a, b, c), matmul(matmul(a, b), c)], feeding: [:])
    #expect(results[0] == results[1])
  }

  @Test func tensordotIsAMatrixProductOfWhatIsLeft() throws {
    let graph = Graph()
    let (a, b) = (graph.constant(.sample([2, 3, 4])), graph.constant(.sample([3, 4, 5], seed: 2)))
    let product = matmul(reshape(a, to: [2, 12]), reshape(b, to: [12, 5]))
    let results = try Session(graph).run(
      [
        tensordot(a, b, axes: 2), tensordot(a, b, axes: (a: [1, -1], b: [0, 1])), product,
        tensordot(b, a, axes: ([1], [2])),
      ], feeding: [:])
    #expect(results[0] == results[2])
    #expect(results[1] == results[2])
    #expect(results[3].dimensions == [3, 5, 2, 3])
  }

  @Test func graphFilesHaveTheSameFunctions() throws {
    let text = """
      placeholder a: Float32[2, 3]
      placeholder b: Float32[3, 2]
      output first = tensordot(a, b, axes: 1)
      output second = tensordot(a, b, axes: [[-1], [0]])
      output third = einsum("ij,jk->ik", a, b)
      output fourth = einsum("ij,jk,kl->il", a, b, a)
      output fifth = batchMatmul(a, a, transposeY: true)
      output sixth = maximum(pow(a, 2), 1)
      let (loss, backprop) = softmaxCrossEntropyWithLogits(a, a)
      """
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: text))
    let names = try graph.frozen().nodes.map(\.operatorName)
    #expect(names.count { $0 == "Einsum" } == 5)
    #expect(names.contains("BatchMatMulV2") && names.contains("SoftmaxCrossEntropyWithLogits"))
  }

  @Test func tensordotTellsWhatIsWrong() {
    func message(_ make: (Value, Value) -> Value) -> String {
      let graph = Graph()
      let a = graph.placeholder("a", type: TensorType(.float32, [2, 3]))
      let b = graph.placeholder("b", type: TensorType(.float32, .unknown))
      _ = make(a, b)
      let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
      return error?.diagnostics.first?.message ?? ""
    }
    #expect(
      message { a, _ in tensordot(a, a, axes: 3) }
        == "tensordot: axes is 3, but a is Float32[2, 3] and b is Float32[2, 3]")
    #expect(
      message { a, _ in tensordot(a, a, axes: ([2], [0])) }
        == "tensordot: a is Float32[2, 3], which has no axis 2")
    #expect(
      message { a, b in tensordot(a, b, axes: 1) }
        == "tensordot: a is Float32[2, 3] and b is Float32[*], but both must have a known rank")
    #expect(
      message { a, _ in tensordot(a, a, axes: ([0], [0, 1])) }
        == "tensordot: axes has 1 of a, but 2 of b")
  }
}
