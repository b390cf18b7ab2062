import Differentiation
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// A tanh that 1 is added to becomes a sigmoid, and what flows back through it with it.
@Suite struct TakeTanhAsSigmoidTests {
  private func taken(_ before: Program) throws -> Program {
    try gatherConstantFactors.run(takeTanhAsSigmoid.run(before))
  }

  @Test func geluIsOneSigmoid() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 7])
    for form in [
      0.5 * x * (1 + tanh(0.8 * (x + 0.04 * x * x * x))),
      x * (0.5 * (tanh((x + 0.04 * x * x * x) * 0.8) + 1)),
    ] {
      let before = try mergeDuplicates.run(program([form]))
      let after = try taken(before)
      #expect(!operators(after).contains("Tanh"))
      #expect(operators(after).count { $0 == "Sigmoid" } == 1)
      #expect(operators(after).count < operators(before).count)
      try expectClose(before, after)
    }
  }

  @Test func anyAngleIsDoubled() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let y = graph.placeholder("y", Float64.self, shape: [3, 1])
    let before = try program([0.5 * (1 + tanh(x)), (y * 0.5) * (tanh(x - 1) + 1)])
    let after = try taken(before)
    // Beside another shape the constants stay.
    #expect(
      operators(after) == ["Mul", "Mul", "Mul", "Mul", "Mul", "Sigmoid", "Sigmoid", "Sub"])
    try expectClose(before, after)
  }

  @Test func whatFlowsBackIsThatOfTheSigmoid() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 7])
    let y = 0.5 * x * (1 + tanh(0.8 * (x + 0.04 * x * x * x)))
    let before = try mergeDuplicates.run(
      program([y, try graph.gradient(of: sum(y), withRespectTo: x)]))
    let after = try taken(before)
    #expect(operators(before).contains("TanhGrad"))
    #expect(!operators(after).contains("Tanh"))
    #expect(!operators(after).contains("TanhGrad"))
    #expect(operators(after).contains("SigmoidGrad"))
    try expectClose(before, after)
  }

  @Test func othersStay() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let t = tanh(x)
    for values in [
      // The tanh, or the sum, is needed otherwise.
      [0.5 * (1 + t), t], [0.5 * (1 + t), exp(1 + t)], [1 + t], [t + tanh(2 * x)],
      // Other constants.
      [0.5 * (2 + t)], [0.5 * (1 - t)],
    ] {
      let before = try mergeDuplicates.run(program(values))
      #expect(operators(try takeTanhAsSigmoid.run(before)) == operators(before))
    }
  }
}
