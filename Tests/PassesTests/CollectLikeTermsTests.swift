import Differentiation
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Products that are alike are added once, and the sum stays what it was.
@Suite struct CollectLikeTermsTests {
  private let graph = Graph()

  private func after(_ before: Program) throws -> Program {
    let after = try collectLikeTerms.run(before)
    try expectClose(before, after)
    return after
  }

  @Test func aValueThatIsAddedToItselfIsDoubled() throws {
    let x = graph.placeholder("x", Float64.self, shape: [2, 3])
    let product = x * x
    #expect(try operators(after(program([product + product]))) == ["Mul", "Mul"])
    #expect(try operators(after(program([addN([x, exp(x), x, x])]))) == ["AddV2", "Exp", "Mul"])
  }

  @Test func whatTheProductRuleBringsIsOneProduct() throws {
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let loss = sum(0.25 * x * x * x * x)
    let before = try mergeDuplicates.run(program([try graph.gradient(of: loss, withRespectTo: x)]))
    let after = try after(before)
    #expect(operators(before).contains("AddN"))
    #expect(!operators(after).contains("AddN"))
    #expect(operators(after).count < operators(before).count)
  }

  @Test func coefficientsAndSignsCount() throws {
    let x = graph.placeholder("x", Float64.self, shape: [4])
    let y = graph.placeholder("y", Float64.self, shape: [4])
    let before = try program([addN([x * y, 3 * (y * x), exp(x), -(x * y), square(x), x * x])])
    // 3 · (x · y) + exp x + 2 · x²
    #expect(try operators(after(before)) == ["AddN", "Exp", "Mul", "Mul", "Mul", "Square"])
  }

  @Test func whatOthersNeedIsTheOneThatStays() throws {
    let x = graph.placeholder("x", Float32.self, shape: [4])
    let y = graph.placeholder("y", Float32.self, shape: [4])
    let needed = (x * 3) * y
    let before = try program([x * y + needed, needed])
    #expect(try operators(after(before)) == ["Mul", "Mul", "Mul"])
    let both = try program([x * y + needed, needed, exp(x * y)])
    let merged = try mergeDuplicates.run(both)
    #expect(operators(try after(merged)) == operators(merged))
  }

  @Test func othersStay() throws {
    let x = graph.placeholder("x", Float64.self, shape: [4])
    let y = graph.placeholder("y", Float64.self, shape: [1])
    let integers = graph.placeholder("n", Int32.self, shape: [4])
    for value in [
      // Not alike, of other shapes, nothing left of it, and a type without fractions.
      x * x + x, x * y + y, x + -x, integers + integers,
    ] {
      let before = try program([value])
      #expect(operators(try collectLikeTerms.run(before)) == operators(before))
    }
  }
}
