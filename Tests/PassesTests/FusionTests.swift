import Differentiation
import GraphIR
import Operators
import Tensors
import Testing

@testable import Passes

/// Elementwise operators run together, and nothing changes but how often memory is walked.
@Suite struct FusionTests {
  private func fused(_ program: Program) throws -> Program {
    try prune.run(fuseElementwise.run(removeIdentities.run(program)))
  }

  /// The names that random sizes broadcast from.
  private func broadcasting(_ sizes: [Int], _ random: inout some RandomNumberGenerator) -> [Int] {
    let rank = Int.random(in: 0...sizes.count, using: &random)
    return sizes.suffix(rank).map { Bool.random(using: &random) ? $0 : 1 }
  }

  @Test func aTreeBecomesOneKernel() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [3, 5])
    let a = graph.placeholder("aa", Float32.self, shape: [5])
    let b = graph.placeholder("bbb", Float32.self)
    let before = try program([tanh(a * x + b) - x])
    let after = try fused(before)
    #expect(operators(after) == ["Mul+AddV2+Tanh+Sub"])
    #expect(after.graph.nodes.last!.inputs.count == 3)
    try expectSameResults(before, after)
  }

  @Test func whatIsReadLaterBecomesAnOutput() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [4, 4])
    let y = sin(x) * 2
    let z = matmul(y + 1, y)
    let before = try program([z, cos(y) + z])
    let after = try fused(before)
    #expect(operators(after) == ["Cos+AddV2", "MatMul", "Sin+Mul+AddV2"])
    try expectSameResults(before, after)
  }

  @Test func manyOutputsAreSeveralPrograms() throws {
    // Each value of the chain is needed for its derivative.
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [7])
    var y: Value = x
    for _ in 0..<100 { y = 1.01 * sin(y) }
    let before = try program([y, graph.gradient(of: y, withRespectTo: x)])
    let after = try fused(before)
    #expect(operators(before).count > 300)
    #expect(operators(after).count < 20)
    // Where programs end, some operator may stay alone.
    #expect(operators(after).count { ["Sin", "Cos", "Mul"].contains($0) } < 6)
    try expectSameResults(before, after)
  }

  @Test func whatTakesTooManyRegistersIsSeveralPrograms() throws {
    // Each row is expanded to the two that are worked with.
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [2, 9])
    let rows = (0..<36).map { graph.placeholder("row\($0)", Float32.self, shape: [9]) }
    let before = try program([rows.reduce(x) { tanh($0) * $1 }])
    let after = try fused(before)
    #expect((2...6).contains(operators(after).count))
    #expect(operators(after).allSatisfy { $0.contains("+") })
    try expectSameResults(before, after)
  }

  @Test func whatTheGroupWaitsForStaysOutside() throws {
    // The sum reads y itself and a product that is computed from y.
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [4, 4])
    let y = exp(sin(x))
    let before = try program([cos(matmul(y, y) + y)])
    let after = try fused(before)
    #expect(operators(after) == ["AddV2+Cos", "MatMul", "Sin+Exp"])
    try expectSameResults(before, after)
  }

  @Test func repetitionsVanish() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [6, 1])
    let wide = broadcast(x, to: [6, 200])
    let before = try program([exp(wide), sqrt(square(wide))])
    let after = try fused(before)
    #expect(operators(after) == ["Exp", "Square+Sqrt"])
    try expectSameResults(before, after)
  }

  @Test func conditionsBoundsAndSumsAreFused() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [70, 33])
    let y = graph.placeholder("yy", Float32.self, shape: [33])
    let chosen = select(x .> y, x, y)
    let sum = addN([chosen, x, x, chosen])
    let before = try program([cast(clip(sum, min: -0.5, max: 0.5), to: .float64) * 2])
    let after = try fused(before)
    #expect(operators(after) == ["Greater+SelectV2+AddN+ClipByValue+Cast+Mul"])
    try expectSameResults(before, after)
  }

  @Test func effectsAndTargetsStayAlone() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [3])
    var before = try program([exp(sin(cos(x)))])
    let sine = before.graph.nodes.firstIndex { $0.operatorName == "Sin" }!
    before.targets = [sine]
    let after = try fused(before)
    #expect(operators(after) == ["Cos", "Exp", "Sin"])
    #expect(after.targets.count == 1)
  }

  @Test(arguments: 0..<60) func randomTreesKeepEveryBit(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let graph = Graph()
    let sizes = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      [1, 2, 3, 5, 40, 130].randomElement(using: &random)!
    }
    let type: DataType = Bool.random(using: &random) ? .float32 : .float64
    var values = [graph.placeholder("p", type: TensorType(type, Shape(sizes)))]
    for name in ["qq", "rrr", "ssss"] {
      values.append(
        graph.placeholder(name, type: TensorType(type, Shape(broadcasting(sizes, &random)))))
    }
    for _ in 0..<Int.random(in: 3...14, using: &random) {
      let x = values.randomElement(using: &random)!
      let y = values.randomElement(using: &random)!
      switch Int.random(in: 0..<10, using: &random) {
      case 0: values.append(x + y)
      case 1: values.append(x * y - values[0])
      case 2: values.append(tanh(x))
      case 3: values.append(maximum(x, y))
      case 4: values.append(select(x .< y, x, y))
      case 5: values.append(clip(x, min: -0.5, max: 0.5))
      case 6: values.append(values[0] - x * y)
      case 7: values.append((2 - x) * values[0] - (y + 1))
      case 8: values.append(broadcast(x, to: shape(x + values[0])))
      default: values.append(0.5 * x)
      }
    }
    let fetches = [values.last!] + (Bool.random(using: &random) ? [values[values.count - 2]] : [])
    let before = try program(fetches)
    let after = try fused(before)
    try expectSameResults(before, after)
  }

  @Test func longChainsAreCut() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float64.self, shape: [9])
    var y = x
    for _ in 0..<300 { y = sin(y) * x }
    let before = try program([y])
    let after = try fused(before)
    #expect((12...40).contains(operators(after).count))
    try expectSameResults(before, after)
  }

  // MARK: Folds

  private static let folds: [(sizes: [Int], axes: [Int])] = [
    ([7], [0]), ([3, 5], [0]), ([3, 5], [1]), ([2, 3, 4], [0, 2]), ([2, 3, 4], [1]),
    ([400, 500], [0, 1]), ([3000, 70], [0]), ([2, 90_000], [1]), ([4, 30, 900], [0, 1]),
    ([64, 40, 64], [0, 2]),
  ]

  @Test(arguments: folds.indices) func foldsAreFused(number: Int) throws {
    let (sizes, axes) = Self.folds[number]
    for keeps in [false, true] {
      let graph = Graph()
      let x = graph.placeholder("x", Float64.self, shape: Shape(sizes))
      let row = graph.placeholder("row", Float64.self, shape: Shape([sizes.last!]))
      let y = square(x + row)
      let before = try program([
        sum(y, axes: axes, keepDimensions: keeps), mean(exp(-y), axes: axes, keepDimensions: keeps),
        max(tanh(x * row), axes: axes, keepDimensions: keeps),
      ])
      let after = try fused(before)
      #expect(
        operators(after).allSatisfy { $0.contains("+") }, "\(operators(after)) over \(axes)")
      // The order of the additions is another.
      let (expected, found) = (try results(before), try results(after))
      for (expected, found) in zip(expected, found) {
        #expect(expected.dimensions == found.dimensions)
        let (expected, found) = (
          try expected.elements(as: Double.self), try found.elements(as: Double.self)
        )
        let largest = expected.reduce(0) { Swift.max($0, abs($1)) }
        #expect(zip(expected, found).allSatisfy { abs($0 - $1) <= 1e-13 * largest })
      }
    }
  }

  @Test func foldsWithMoreResultsThanPiecesCanKeepStayAlone() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [50_000, 3])
    let after = try fused(program([sum(square(sin(x)), axes: [1])]))
    #expect(operators(after) == ["Sin+Square", "Sum"])
  }

  @Test func aGradientIsOneKernel() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [5000])
    let inner = 0.7978845608 * (x + 0.044715 * x * x * x)
    let gelu = 0.5 * x * (1 + tanh(inner))
    let loss = sum(gelu * gelu)
    let before = try program([try graph.gradient(of: loss, withRespectTo: x)])
    let after = try optimized(before)
    #expect(operators(after).count == 1, "\(operators(after))")
    #expect(try loopCount(after) == 11)
    // Some twenty operations are computed in another way.
    try expectClose(before, after, roundings: 16)
  }

  private func loopCount(_ program: Program) throws -> Int {
    let fused = program.graph.nodes.compactMap { $0.operation as? FusedElementwise }
    return try #require(fused.first?.program).loopCount
  }

  @Test func sumsAndProductsShareLoops() throws {
    let graph = Graph()
    let x = graph.placeholder("x", Float32.self, shape: [3, 500])
    let a = graph.placeholder("aa", Float32.self, shape: [500])
    let b = graph.placeholder("bbb", Float32.self)
    for (value, loops) in [
      (a * x + b, 1), (tanh(a * x + b) - x, 3), (b - (x - a), 1), ((b - x) * (a + x), 2),
      (exp(2 * x) + x * (x + b) * a, 4), (addN([x, x * a, x * b, x]), 3),
      // What is read twice, and what is no sum or product, has a loop of its own.
      (square(a * x) + b, 3), ((a * x + b) / x, 2), (maximum(a * x, b), 2),
    ] {
      let before = try program([value])
      let after = try fused(before)
      #expect(try loopCount(after) == loops, "\(value)")
      try expectSameResults(before, after)
    }
  }
}

/// A small generator whose numbers follow from its seed.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
