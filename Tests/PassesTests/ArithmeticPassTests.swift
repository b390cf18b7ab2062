import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// What cheap operators stand for, and what the filters of a convolution take over.
@Suite struct ArithmeticPassTests {
  private func closeResults(_ before: Program, _ after: Program) throws -> Bool {
    for (before, after) in zip(try results(before), try results(after)) {
      let (expected, found) = (
        try before.elements(as: Double.self), try after.elements(as: Double.self)
      )
      let largest = expected.reduce(0) { Swift.max($0, abs($1)) }
      guard before.dimensions == after.dimensions,
        zip(expected, found).allSatisfy({ abs($0 - $1) <= 1e-12 * largest })
      else { return false }
    }
    return true
  }

  @Test func powersBecomeProducts() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [5])
    let before = try program([pow(x, 2) + pow(x, 1)])
    let after = try prune.run(reduceStrength.run(before))
    #expect(operators(after) == ["AddV2", "Square"])
    try expectSameResults(before, after)
    #expect(operators(try reduceStrength.run(program([pow(x, 3)]))) == ["Pow"])
  }

  @Test func exactDivisionsBecomeProducts() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let before = try program([x / 8, x / 3, x / graph.constant(Tensor(0x1p-1030), as: .float64)])
    let after = try reduceStrength.run(before)
    #expect(operators(after) == ["Mul", "RealDiv", "RealDiv"])
    try expectSameResults(before, after)
  }

  @Test func signsMoveIntoSums() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [5])
    let y = graph.placeholder("yy", Float64.self, shape: [5])
    let before = try program([x + -y, -x + y, x - -y])
    let after = try prune.run(reduceStrength.run(before))
    #expect(operators(after) == ["AddV2", "Sub", "Sub"])
    try expectSameResults(before, after)
  }

  @Test func productsReadTransposedFactors() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3, 4])
    let y = graph.placeholder("yy", Float64.self, shape: [5, 3])
    let batch = graph.placeholder("batch", Float64.self, shape: [2, 5, 3])
    let before = try program([
      matmul(transpose(x), transpose(y)),
      batchMatmul(transpose(batch, permutation: [0, 2, 1]), batch),
    ])
    let after = try prune.run(eliminateTransposes.run(before))
    #expect(!operators(after).contains("Transpose"))
    #expect(try closeResults(before, after))
  }

  @Test func axesThatMoveTwiceMoveOnce() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 3, 4])
    let once = transpose(x, permutation: [1, 2, 0])
    let before = try program([
      transpose(once, permutation: [1, 2, 0]), transpose(once, permutation: [2, 0, 1]),
    ])
    let after = try prune.run(eliminateTransposes.run(before))
    #expect(operators(after) == ["Transpose"])
    try expectSameResults(before, after)
  }

  @Test(arguments: [true, false]) func filtersNormalise(areConstant: Bool) throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 6, 6, 3])
    func vector(_ name: String, _ range: ClosedRange<Double>) -> Value {
      areConstant
        ? graph.constant(.sample([4], in: range, seed: UInt64(name.count)), as: .float64)
        : abs(graph.placeholder(name, Float64.self, shape: [4])) + 0.5
    }
    let features = conv2D(
      x, graph.constant(.sample([3, 3, 3, 4]), as: .float64), padding: .same)
    let normalized = fusedBatchNorm(
      features, scale: vector("a", 0.5...2), offset: vector("bb", -1...1),
      mean: vector("ccc", -1...1), variance: vector("dddd", 0.5...2), isTraining: false)
    let before = try program([normalized.y])
    let after = try foldBatchNormalization.run(before)
    let found = operators(after)
    #expect(found.contains("Conv2D") && found.contains("BiasAdd"))
    #expect(!found.contains { $0.hasPrefix("FusedBatchNorm") })
    if areConstant { #expect(found == ["BiasAdd", "Conv2D"]) }
    #expect(try closeResults(before, after))
  }

  @Test func normalisationsInTrainingStay() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [2, 6, 6, 3])
    let ones = graph.constant([1, 1, 1, 1], as: .float64)
    let features = conv2D(x, graph.constant(.sample([3, 3, 3, 4]), as: .float64), padding: .same)
    let before = try program([fusedBatchNorm(features, scale: ones, offset: ones).y])
    #expect(operators(try foldBatchNormalization.run(before)).contains("FusedBatchNormV3"))
  }
}
