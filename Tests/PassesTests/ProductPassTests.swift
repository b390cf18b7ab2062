import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Products of matrices add the bias and apply the activation, with the same bits.
@Suite struct ProductPassTests {
  private let graph = Graph()

  private func fused(_ program: Program) throws -> Program {
    let after = try fuseBiasAndActivation.run(program)
    try expectSameResults(program, after)
    return after
  }

  /// Sizes for a plain loop, short sides, sums of parts, and tiles of the library.
  @Test(arguments: [
    (3, 2, 4), (2, 0, 3), (40, 30, 24), (9, 4000, 10), (50, 784, 128), (300, 300, 300),
    (1, 500, 300), (700, 3, 600),
  ])
  func biasAndActivationRideOnProducts(rows: Int, inner: Int, columns: Int) throws {
    let x = graph.placeholder("x", Float32.self, shape: Shape([rows, inner]))
    let turned = graph.placeholder("turned", Float32.self, shape: Shape([columns, inner]))
    let w = graph.placeholder("w", Float32.self, shape: Shape([inner, columns]))
    let b = graph.placeholder("b", Float32.self, shape: Shape([columns]))
    let after = try fused(
      program([
        relu(biasAdd(matmul(x, w), b)), b + matmul(x, turned, transposeB: true),
        relu6(matmul(x, w) + b), relu(-matmul(x, w) + b),
      ]))
    #expect(
      operators(after) == ["AddV2", "MatMul", "Neg", "Relu", "_MatMul", "_MatMul", "_MatMul"])
  }

  @Test func theProductOfAMatrixWithItselfIsCompletedOnce() throws {
    let x = graph.placeholder("x", Float32.self, shape: [900, 70])
    let b = graph.placeholder("b", Float32.self, shape: [70])
    let after = try fused(program([relu(matmul(x, x, transposeA: true) - 20 + b)]))
    #expect(operators(after).contains("MatMul"))
    let gram = try fused(program([relu(matmul(x, x, transposeA: true) + b)]))
    #expect(operators(gram) == ["_MatMul"])
  }

  @Test func othersStay() throws {
    let x = graph.placeholder("x", Float32.self, shape: [4, 5])
    let w = graph.placeholder("w", Float32.self, shape: [5, 5])
    let b = graph.placeholder("b", Float32.self, shape: [5])
    let column = graph.placeholder("column", Float32.self, shape: [4, 1])
    let wide = cast(x, to: .float64)
    let product = matmul(x, w)
    for values in [
      [product + b, product], [matmul(x, w) + column], [matmul(x, w) + matmul(x, w)],
      [relu(matmul(wide, wide, transposeB: true))],
    ] {
      let before = try program(values)
      #expect(operators(try fused(before)) == operators(before))
    }
  }

  @Test(arguments: [1, 2, 3]) func threadsDoNotShow(threads: Int) throws {
    let x = graph.placeholder("x", Float32.self, shape: [400, 300])
    let w = graph.placeholder("w", Float32.self, shape: [300, 500])
    let b = graph.placeholder("b", Float32.self, shape: [500])
    let feeds = [
      x: try Tensor.sample([400, 300]).converted(to: .float32),
      w: try Tensor.sample([300, 500], seed: 2).converted(to: .float32),
      b: try Tensor.sample([500], in: -9...9, seed: 3).converted(to: .float32),
    ]
    let options = SessionOptions(threads: threads)
    let completed = try Session(graph, options: options)
      .run(relu(matmul(x, w) + b), feeding: feeds)
    let single = try Session(graph, options: SessionOptions(threads: 1))
      .run(matmul(x, w), feeding: feeds)
    let sums = try single.elements(as: Float.self)
    let bias = try feeds[b]!.elements(as: Float.self)
    let expected = sums.enumerated().map { Swift.max(0, $1 + bias[$0 % 500]) }
    #expect(try completed.elements(as: Float.self) == expected)
  }
}
