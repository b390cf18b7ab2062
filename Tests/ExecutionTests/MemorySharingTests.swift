import StaticGraph
import Testing

/// Whatever memory steps share, results are those of each operator on its own.
@Suite struct MemorySharingTests {
  private struct Random {
    var state: UInt64

    mutating func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }

  /// Each value computed from the values before it, as the graph says, in a run of its own.
  private func expected(_ values: [Value], _ feeds: [Value: Tensor]) throws -> [Tensor] {
    let session = try Session(values[0].graph)
    var known = feeds
    for value in values where known[value] == nil {
      known[value] = try session.run(value, feeding: known)
    }
    return values.map { known[$0]! }
  }

  /// Adds an operator on some of the values so far, all of 24 × 24 numbers.
  private func step(_ values: [Value], _ random: inout Random) -> Value {
    let x = values[random.next(values.count)]
    let y = values[max(0, values.count - 1 - random.next(4))]
    switch random.next(11) {
    case 0: return x + y
    case 1: return x * y
    case 2: return relu(y)
    case 3: return tanh(y) - x
    case 4: return select(x .< y, x, y)
    case 5: return clip(y, min: -0.5, max: 0.5)
    case 6: return addN([y, x, y, values[0]])
    case 7: return matmul(tanh(x), tanh(y))
    case 8:
      return concat(
        [slice(x, begin: [12, 0], size: [12, 24]), slice(y, begin: [0, 0], size: [12, 24])], axis: 0
      )
    case 9:
      let halves = [relu(matmul(slice(x, begin: [0, 0], size: [12, 24]), tanh(y)))]
      return concat(halves + [-slice(y, begin: [3, 0], size: [12, 24])], axis: 0)
    default: return reshape(sum(x * y, axes: [1], keepDimensions: true) * 0.01 + y, to: [24, 24])
    }
  }

  @Test(arguments: 0..<40) func resultsAreThoseOfSingleOperators(seed: UInt64) throws {
    var random = Random(state: seed &* 31 &+ 7)
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [24, 24])
    let b = graph.placeholder("b", Float64.self, shape: [24])
    var values = [x, x * b, tanh(x + b)]
    for _ in 0..<25 { values.append(step(values, &random)) }
    let feeds: [Value: Tensor] = [x: .sample([24, 24], seed: seed), b: .sample([24], seed: 3)]
    let expected = try expected(values, feeds)
    let session = try Session(graph)
    for _ in 0..<4 {
      let chosen = (0..<1 + random.next(3)).map { _ in random.next(values.count) }
      let found = try session.run(chosen.map { values[$0] }, feeding: feeds)
      for (number, tensor) in zip(chosen, found) {
        try expectClose(tensor, expected[number], "value \(number)")
      }
    }
    #expect(feeds[x] == .sample([24, 24], seed: seed))
  }

  @Test(arguments: 0..<20) func resultsAreTheSameWithLessMemory(seed: UInt64) throws {
    var random = Random(state: seed &* 57 &+ 3)
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [24, 24])
    let v = graph.variable("v", initialValue: graph.constant(Tensor.sample([24, 24], seed: 9)))
    var values = [x, x * v, tanh(x + 0.5)]
    for _ in 0..<30 { values.append(step(values, &random)) }
    let feeds: [Value: Tensor] = [x: .sample([24, 24], seed: seed)]
    let fetches = [values[32], values[random.next(33)]]
    let free = try Session(graph)
    try free.initializeVariables()
    let expected = try free.run(fetches, feeding: feeds)
    let frozen = try graph.frozen()
    let summary = try PlanSummary(
      frozen, feeds: [x.endpoint], feedTypes: [x.type], fetches: fetches.map(\.endpoint))
    for share in [0.95, 0.85, 0.7] {
      let limit = summary.totalByteCount - Int((1 - share) * Double(summary.arenaByteCount))
      let session = try Session(
        graph, options: SessionOptions(maxMemory: limit), variables: free.variables)
      do {
        let found = try session.run(fetches, feeding: feeds)
        for (found, expected) in zip(found, expected) {
          try expectClose(found, expected, "within \(limit) bytes")
        }
      } catch let error as GraphError {
        #expect(error.description.contains("the limit is \(limit)"))
      }
    }
  }

  /// Fused folds add in another order.
  private func expectClose(_ found: Tensor, _ expected: Tensor, _ label: String) throws {
    let (found, expected) = (
      try found.elements(as: Double.self), try expected.elements(as: Double.self)
    )
    let scale = expected.reduce(1) { max($0, abs($1)) }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-11 * scale }, "\(label)")
  }

  @Test func joinedPartsAreReadByOthersToo() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [8, 8])
    let (a, b) = (matmul(x, x), matmul(x, x, transposeB: true))
    let joined = concat([a, b], axis: 0)
    let total = matmul(joined, x)
    let feeds: [Value: Tensor] = [x: .sample([8, 8])]
    let values = [a, b, joined, total, matmul(relu(a), b)]
    let expected = try expected(values, feeds)
    let found = try Session(graph).run([total, values[4]], feeding: feeds)
    try expectClose(found[0], expected[3], "the product")
    try expectClose(found[1], expected[4], "what reads a part")
  }

  @Test func updatesAreSeenInTheirOrderWhateverTheScheduleIs() throws {
    let graph = Graph()
    let start = Tensor.sample([64, 64])
    let v = graph.variable("v", initialValue: graph.constant(start))
    let old = (0..<6).map { matmul(v, v * Double($0)) }
    let update = assign(v, v * 0.5)
    let after = graph.controlDependencies(on: [update]) { v.variable!.output * 1.0 }
    _ = after
    let session = try Session(graph)
    try session.initializeVariables()
    let before = try session.run(old.map { sum($0) })
    let during = try session.run(old.map { sum($0) }, targets: [update])
    #expect(before == during)
    let halved = try session.value(of: v).elements(as: Double.self)
    #expect(zip(halved, try start.elements(as: Double.self)).allSatisfy { $0 == 0.5 * $1 })
  }
}
