import Foundation
import StaticGraph
import Testing

/// What random numbers must be besides those of TensorFlow.
@Suite struct RandomTests {
  /// The results of several runs of one session.
  private func runs(
    _ count: Int, threads: Int = 1, _ body: (Graph) -> Value
  ) throws -> [Tensor] {
    let graph = Graph()
    let value = body(graph)
    let session = try Session(graph, options: SessionOptions(threads: threads))
    return try (0..<count).map { _ in try session.run([value], feeding: [:])[0] }
  }

  @Test func eachRunGivesOtherNumbers() throws {
    let results = try runs(3) { $0.randomUniform([100], seed: 1, seed2: 2) }
    #expect(results[0] != results[1] && results[1] != results[2] && results[0] != results[2])
  }

  @Test func seedsGiveTheSameSequence() throws {
    for body in [
      { (graph: Graph) in graph.randomNormal([100_003], seed: 1, seed2: 2) },
      { graph in graph.randomTruncatedNormal([100_003], type: .float64, seed: 1) },
      { graph in randomShuffle(graph.constant(.sample([70_000])), seed: 5) },
    ] {
      let first = try runs(2, body)
      #expect(try runs(2, body) == first)
      #expect(try runs(2, threads: 3, body) == first, "the number of threads tells")
    }
  }

  @Test func zeroSeedsGiveOtherNumbersEachTime() throws {
    let first = try runs(1) { $0.randomUniform([100]) }
    #expect(try runs(1) { $0.randomUniform([100]) } != first)
  }

  @Test func twoSourcesInOneGraphDiffer() throws {
    let graph = Graph()
    let values = [graph.randomUniform([10]), graph.randomUniform([10])]
    let results = try Session(graph).run(values, feeding: [:])
    #expect(results[0] != results[1])
  }

  /// Mean and variance within five standard errors, with fixed seeds.
  private func check(_ tensor: Tensor, mean: Double, variance: Double) throws {
    let numbers = try tensor.converted(to: .float64).elements(as: Double.self)
    let count = Double(numbers.count)
    let measured = numbers.reduce(0, +) / count
    let spread = numbers.reduce(0) { $0 + ($1 - measured) * ($1 - measured) } / count
    #expect(abs(measured - mean) < 5 * (variance / count).squareRoot())
    #expect(abs(spread / variance - 1) < 5 * (2 / count).squareRoot())
  }

  @Test(arguments: [DataType.float32, .float64])
  func numbersAreDistributedAsTheyShould(_ type: DataType) throws {
    let uniform = try runs(1) { $0.randomUniform([200_000], type: type, seed: 3) }[0]
    try check(uniform, mean: 0.5, variance: 1.0 / 12)
    let all = try uniform.converted(to: .float64).elements(as: Double.self)
    #expect(all.allSatisfy { $0 >= 0 && $0 < 1 })
    try check(
      runs(1) { $0.randomNormal([200_000], type: type, seed: 3) }[0], mean: 0, variance: 1)
    let truncated = try runs(1) { $0.randomTruncatedNormal([200_000], type: type, seed: 3) }[0]
    // 1 − 2 · 2 φ(2) / (2 Φ(2) − 1).
    try check(truncated, mean: 0, variance: 0.7737413)
    let cut = try truncated.converted(to: .float64).elements(as: Double.self)
    #expect(cut.allSatisfy { abs($0) < 2 })
  }

  @Test func integersFillTheirRange() throws {
    let result = try runs(1) { graph in
      randomIntegers(
        graph.constant(Tensor([Int32(60_000)])), from: graph.constant(Tensor(Int32(-3))),
        to: graph.constant(Tensor(Int32(3))), seed: 4)
    }[0].elements(as: Int32.self)
    for integer in Int32(-3)..<3 {
      let share = Double(result.count { $0 == integer }) / 60_000
      #expect(abs(share - 1.0 / 6) < 5 * (5.0 / 36 / 60_000).squareRoot())
    }
    #expect(result.allSatisfy { (-3..<3).contains($0) })
  }

  @Test func anEmptyRangeOfIntegersIsAnError() throws {
    let error = #expect(throws: GraphError.self) {
      _ = try runs(1) { graph in
        let bound = graph.constant(Tensor(Int32(3)))
        return randomIntegers(graph.constant(Tensor([Int32(2)])), from: bound, to: bound)
      }
    }
    #expect("\(error!)".contains("from must be less than to, but they are 3 and 3"))
  }

  @Test func aShuffleKeepsEveryRow() throws {
    let rows = try Tensor((0..<2000).map { Int32($0) }, dimensions: [1000, 2])
    let shuffled = try runs(1) { randomShuffle($0.constant(rows), seed: 9) }[0]
      .elements(as: Int32.self)
    let firsts = stride(from: 0, to: 2000, by: 2).map { shuffled[$0] }
    #expect(firsts.sorted() == stride(from: 0, to: 2000, by: 2).map { Int32($0) })
    #expect(firsts != firsts.sorted())
    #expect(stride(from: 0, to: 2000, by: 2).allSatisfy { shuffled[$0] + 1 == shuffled[$0 + 1] })
  }

  @Test func classesAreAsLikelyAsTheirLogits() throws {
    let logits = Tensor([log(0.5), log(0.2), log(0.3)])
    let classes = try runs(1) { graph in
      multinomial(reshape(graph.constant(logits), to: [1, 3]), count: 50_000, seed: 8)
    }[0].elements(as: Int64.self)
    for (number, likelihood) in [0.5, 0.2, 0.3].enumerated() {
      let share = Double(classes.count { $0 == Int64(number) }) / 50_000
      #expect(abs(share - likelihood) < 5 * (likelihood * (1 - likelihood) / 50_000).squareRoot())
    }
  }

  @Test func statelessNumbersFollowFromTheirSeeds() throws {
    let results = try runs(2) { $0.statelessRandomNormal([50], seed: (1, 2)) }
    #expect(results[0] == results[1])
    #expect(try runs(1) { $0.statelessRandomNormal([50], seed: (2, 1)) }[0] != results[0])
  }
}
