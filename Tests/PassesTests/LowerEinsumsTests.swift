import Execution
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Einstein sums that move nothing become products of matrices.
@Suite struct LowerEinsumsTests {
  @Test(arguments: [
    ("ab,bc->ac", [3, 4], [4, 5]), ("ba,bc->ac", [4, 3], [4, 5]), ("ab,cb->ac", [3, 4], [5, 4]),
    ("ba,cb->ac", [4, 3], [5, 4]), ("ab,bc->ca", [3, 4], [4, 5]), ("ba,cb->ca", [4, 3], [5, 4]),
    ("abc,cd->abd", [2, 3, 4], [4, 5]), ("abc,abd->cd", [2, 3, 4], [2, 3, 5]),
    ("abc,bcd->ad", [2, 3, 4], [3, 4, 5]), ("ab,ab->", [3, 4], [3, 4]), ("a,ab->b", [3], [3, 4]),
    ("de,abe->abd", [4, 5], [2, 3, 5]),
  ])
  func becomesProduct(equation: String, first: [Int], second: [Int]) throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: Shape(first))
    let y = graph.placeholder("y", Float64.self, shape: Shape(second))
    let sum = einsum(equation, x, y)
    let lowered = try lowerEinsums.run(program([sum]))
    #expect(operators(lowered).contains("MatMul") && !operators(lowered).contains("Einsum"))
    #expect(lowered.graph.type(of: lowered.fetches[0]).shape == sum.shape)
    let feeds = [x: Tensor.sample(first), y: Tensor.sample(second, seed: 2)]
    // By a path of its own: integers are not taken as products of matrices.
    let whole = [x, y].map { cast(round($0 * 1000), to: .int64) }
    let exact = einsum(equation, whole[0], whole[1])
    let rounded = [x, y].map { round($0 * 1000) }
    let product = einsum(equation, rounded[0], rounded[1])
    let results = try Session(graph).run([cast(exact, to: .float64), product], feeding: feeds)
    #expect(
      try results[0].elements(as: Double.self) == results[1].elements(as: Double.self))
  }

  @Test(arguments: [
    ("ab,ab->ab", [3, 4], [3, 4]), ("ab,cd->abcd", [3, 4], [2, 3]), ("aa,ab->b", [3, 3], [3, 4]),
    ("abc,bd->adc", [2, 3, 4], [3, 5]), ("abc,acd->abd", [2, 3, 4], [2, 4, 5]),
  ])
  func staysSum(equation: String, first: [Int], second: [Int]) throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: Shape(first))
    let y = graph.placeholder("y", Float64.self, shape: Shape(second))
    #expect(operators(try lowerEinsums.run(program([einsum(equation, x, y)]))) == ["Einsum"])
  }
}
