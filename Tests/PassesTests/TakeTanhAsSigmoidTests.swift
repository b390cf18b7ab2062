import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// What tanh scales from 0 to 1 becomes a sigmoid.
@Suite struct TakeTanhAsSigmoidTests {
  private func expectClose(_ before: Program, _ after: Program) throws {
    for (x, y) in zip(try results(before), try results(after)) {
      let pairs = zip(try x.elements(as: Double.self), try y.elements(as: Double.self))
      #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-15 * max(1, abs($0)) })
    }
  }

  @Test func geluIsOneSigmoid() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 7])
    for form in [
      0.5 * x * (1 + tanh(0.8 * (x + 0.04 * x * x * x))),
      x * (0.5 * (tanh((x + 0.04 * x * x * x) * 0.8) + 1)),
    ] {
      let before = try mergeDuplicates.run(program([form]))
      let after = try takeTanhAsSigmoid.run(before)
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
    let after = try takeTanhAsSigmoid.run(before)
    #expect(operators(after) == ["Mul", "Mul", "Mul", "Sigmoid", "Sigmoid", "Sub"])
    try expectClose(before, after)
  }

  @Test func othersStay() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let t = tanh(x)
    let half = graph.constant(Tensor([0.5, 0.5, 0.5, 0.5, 0.5]))
    for values in [
      // The tanh, or the sum, is needed elsewhere.
      [0.5 * (1 + t), t], [0.5 * (1 + t), 3 * (1 + t)],
      // Other constants, and one that is no single number.
      [0.25 * (1 + t)], [0.5 * (2 + t)], [0.5 * (1 - t)], [half * (1 + t)],
    ] {
      let before = try mergeDuplicates.run(program(values))
      #expect(operators(try takeTanhAsSigmoid.run(before)) == operators(before))
    }
  }
}
