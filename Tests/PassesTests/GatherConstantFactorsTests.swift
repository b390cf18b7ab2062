import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// The constants of a product are multiplied beforehand.
@Suite struct GatherConstantFactorsTests {
  private let graph = Graph()

  private func after(_ values: [Value]) throws -> [String] {
    let before = try program(values)
    let after = try gatherConstantFactors.run(before)
    try expectClose(before, after)
    return operators(after)
  }

  @Test func constantsMeet() throws {
    let x = graph.placeholder("x", Float64.self, shape: [2, 3])
    let y = graph.placeholder("y", Float64.self, shape: [2, 3])
    #expect(try after([2 * (x * (0.5 * y))]) == ["Mul"])
    #expect(try after([(x * 3) * (y * 2)]) == ["Mul", "Mul"])
    #expect(try after([4 * (0.25 * x)]) == [])
    #expect(try after([2 * (3 * exp(x))]) == ["Exp", "Mul"])
  }

  @Test func aConstantLeavesWhatOthersNeed() throws {
    let x = graph.placeholder("x", Float32.self, shape: [7])
    let y = graph.placeholder("y", Float32.self, shape: [7])
    let twice = 2 * x
    #expect(
      try after([0.5 * (twice * y), 0.25 * (twice * sin(y))]) == ["Mul", "Mul", "Mul", "Sin"])
  }

  @Test func othersStay() throws {
    let x = graph.placeholder("x", Float64.self, shape: [4])
    let row = graph.placeholder("row", Float64.self, shape: [3, 1])
    let integers = graph.placeholder("n", Int32.self, shape: [4])
    let shared = 3 * x
    for values in [
      // One constant, a factor of another shape, a type without fractions, what is needed as it is.
      [2 * (x * exp(x))], [2 * (row * (3 * x))], [integers * 2 * 3], [2 * shared * x, shared],
      // A product that a Float32 does not hold.
      [1e-30 * (1e-30 * cast(x, to: .float32))],
    ] {
      let before = try program(values)
      #expect(operators(try gatherConstantFactors.run(before)) == operators(before))
    }
  }
}
