import Differentiation
import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Sums of products with a factor in common become one product.
@Suite struct CombineProductsTests {
  @Test func gradientOfGramMatrixIsOneProduct() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [50, 4])
    let style = graph.placeholder("style", Float64.self, shape: [4, 4])
    let loss = sum(square(matmul(x, x, transposeA: true) - style))
    let gradient = try graph.gradient(of: loss, withRespectTo: x)
    func products(_ program: Program) -> Int {
      operators(program).count { $0 == "MatMul" }
    }
    let before = try mergeDuplicates.run(program([gradient]))
    let after = try combineProducts.run(before)
    #expect(products(before) == 3)
    #expect(products(after) == 2)
    let feeds = [x: Tensor.sample([50, 4]), style: Tensor.sample([4, 4], seed: 2)]
    let combined = try Session(graph).run([gradient], feeding: feeds)[0]
    // The products are fetched, so that they stay apart.
    let parts = before.graph.nodes.indices.filter {
      before.graph.nodes[$0].operation is MatMul
    }.compactMap { graph.node(named: before.graph.nodes[$0].name)?.output }
    let apart = try Session(graph).run([gradient] + parts, feeding: feeds)[0]
    let pairs = zip(
      try combined.elements(as: Double.self), try apart.elements(as: Double.self))
    #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-12 * (1 + abs($1)) })
  }

  /// The style loss as `tensordot` makes it where sizes are open, with one more path back.
  @Test func gradientOfEinsumIsOneProduct() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [1, 10, 5, 4])
    let style = graph.placeholder("style", Float64.self, shape: [4, 4])
    let products = einsum("abcd,abce->de", x, x)
    let loss = sum(square(products - style)) + sum(sin(x))
    let gradient = try graph.gradient(of: loss, withRespectTo: x)
    let before = try mergeDuplicates.run(lowerEinsums.run(program([gradient])))
    let after = try combineProducts.run(before)
    #expect(operators(before).count { $0 == "MatMul" } == 3)
    #expect(operators(after).count { $0 == "MatMul" } == 2)
    #expect(!operators(after).contains("AddN"))
    let feeds = [x: Tensor.sample([1, 10, 5, 4]), style: Tensor.sample([4, 4], seed: 2)]
    let combined = try Session(graph).run([gradient], feeding: feeds)[0]
    // dx = 2·x·(d + dᵀ) + cos x, with d = products − style.
    let d = products - style
    let expected =
      2 * einsum("abce,ed->abcd", x, d + transpose(d, permutation: [1, 0])) + cos(x)
    let written = try Session(graph).run([expected], feeding: feeds)[0]
    let pairs = zip(
      try combined.elements(as: Double.self), try written.elements(as: Double.self))
    #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-11 * (1 + abs($1)) })
  }

  @Test func otherSumsStay() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3, 4])
    let y = graph.placeholder("y", Float64.self, shape: [3, 4])
    let d = graph.placeholder("d", Float64.self, shape: [4, 40])
    let e = graph.placeholder("e", Float64.self, shape: [4, 40])
    for sum in [matmul(x, d) + matmul(y, d), matmul(x, d) + matmul(x, e)] {
      #expect(
        operators(try combineProducts.run(program([sum]))) == ["AddV2", "MatMul", "MatMul"])
    }
  }
}
