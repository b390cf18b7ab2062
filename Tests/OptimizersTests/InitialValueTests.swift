import StaticGraph
import Testing

/// Initial values: what they are, and that files name them as Swift does.
@Suite struct InitialValueTests {
  private func numbers(_ value: Value) throws -> [Double] {
    try Session(value.graph).run([value])[0].converted(to: .float64).elements(as: Double.self)
  }

  /// The numbers of a variable whose initial value is an expression of the language.
  private func numbers(_ expression: String) throws -> [Double] {
    let text = "variable v = \(expression)\noutput y = v * 1"
    let graph = try GraphCompiler().compile(SourceFile(name: "model.graph", text: text))
    let session = try Session(graph)
    try session.initializeVariables()
    let y = try #require(graph.node(named: "y")).output
    return try session.run([y])[0].converted(to: .float64).elements(as: Double.self)
  }

  /// Mean and standard deviation within five standard errors.
  private func check(
    _ numbers: [Double], mean: Double, deviation: Double,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let count = Double(numbers.count)
    let measured = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - measured) * ($1 - measured) } / count
    #expect(
      abs(measured - mean) < 5 * deviation / count.squareRoot(), sourceLocation: sourceLocation)
    #expect(
      abs(variance.squareRoot() / deviation - 1) < 5 / count.squareRoot(),
      sourceLocation: sourceLocation)
  }

  /// What is left of a standard deviation where numbers beyond two of it are drawn again.
  private static let truncated = 0.87962566103423978

  @Test func distributionsHaveTheirMoments() throws {
    let graph = Graph()
    let sizes = [100, 200]
    let width = 1 / 12.0.squareRoot()
    check(try numbers(graph.uniform(sizes, seed: 1)), mean: 0, deviation: 0.1 * width)
    let uniform = try numbers(graph.uniform(sizes, min: 2, max: 5, type: .float64, seed: 2))
    check(uniform, mean: 3.5, deviation: 3 * width)
    #expect(uniform.allSatisfy { 2 <= $0 && $0 < 5 })
    check(try numbers(graph.normal(sizes, seed: 3)), mean: 0, deviation: 0.05)
    check(
      try numbers(graph.normal(sizes, mean: -1, standardDeviation: 2, seed: 4)), mean: -1,
      deviation: 2)
    let cut = try numbers(graph.truncatedNormal(sizes, seed: 5))
    check(cut, mean: 0, deviation: 0.05 * Self.truncated)
    #expect(cut.allSatisfy { abs($0) <= 0.1 })
    check(
      try numbers(graph.truncatedNormal(sizes, mean: 3, standardDeviation: 0.5, seed: 6)), mean: 3,
      deviation: 0.5 * Self.truncated)
  }

  @Test func variancesFollowInputsAndOutputs() throws {
    let graph = Graph()
    let filters = [3, 3, 20, 50]
    let (inputs, outputs) = (180.0, 450.0)
    let both = (2 / (inputs + outputs)).squareRoot()
    check(try numbers(graph.glorotUniform(filters, seed: 1)), mean: 0, deviation: both)
    check(try numbers(graph.glorotNormal(filters, seed: 2)), mean: 0, deviation: both)
    let one = (2 / inputs).squareRoot()
    check(try numbers(graph.heUniform(filters, seed: 3)), mean: 0, deviation: one)
    check(try numbers(graph.heNormal(filters, seed: 4)), mean: 0, deviation: one)
  }

  @Test func constantsFillAShape() throws {
    let graph = Graph()
    #expect(try numbers(graph.constant(0.5, shape: [2, 2])) == [0.5, 0.5, 0.5, 0.5])
    #expect(graph.constant(0.5, shape: [2, 2]).type == TensorType(.float32, [2, 2]))
    #expect(graph.constant(1, type: .int64, shape: [3]).type == TensorType(.int64, [3]))
    #expect(try numbers(graph.constant([1, 2, 3, 4], shape: [2, 2])) == [1, 2, 3, 4])
    #expect(try numbers("constant(0.5, shape: [2, 2])") == [0.5, 0.5, 0.5, 0.5])
    let wrong = graph.constant([1, 2, 3], shape: [2, 2])
    #expect(!wrong.isValid)
    let error = #expect(throws: GraphError.self) { try graph.frozen() }
    #expect(
      error?.description.contains("value has 3 elements, but shape [2, 2] takes 4") == true)
  }

  @Test(
    arguments: [[6, 6], [3, 3, 2, 5], [4, 9], [7, 1], [80, 60]], [DataType.float32, .float64])
  func orthogonalMatricesAreOrthogonal(_ sizes: [Int], _ type: DataType) throws {
    let graph = Graph()
    let q = try numbers(graph.orthogonal(sizes, gain: 2, type: type, seed: 7))
    let columns = sizes.last!
    let rows = sizes.reduce(1, *) / columns
    let isWide = rows < columns
    let (count, length) = isWide ? (rows, columns) : (columns, rows)
    func element(_ vector: Int, _ position: Int) -> Double {
      isWide ? q[vector * columns + position] : q[position * columns + vector]
    }
    for a in 0..<count {
      for b in 0..<count {
        let product = (0..<length).reduce(0.0) { $0 + element(a, $1) * element(b, $1) }
        let expected = a == b ? 4.0 : 0
        #expect(abs(product - expected) < (type == .float64 ? 1e-13 : 1e-5))
      }
    }
  }

  /// Without the signs of the triangle's diagonal, the first element would nearly always be
  /// negative.
  @Test func orthogonalMatricesPreferNoSign() throws {
    let graph = Graph()
    let firsts = try (1...200).map {
      try numbers(graph.orthogonal([4, 4], type: .float64, seed: $0))[0]
    }
    let positive = firsts.count { $0 > 0 }
    #expect((65...135).contains(positive), "\(positive) of 200 are positive")
    check(firsts, mean: 0, deviation: 0.5)
  }

  @Test func theLanguageHasTheSameNamesAndDefaults() throws {
    let graph = Graph()
    let pairs: [(String, Value)] = [
      ("uniform([2, 3], seed: 3)", graph.uniform([2, 3], seed: 3)),
      ("uniform([4], min: 1, max: 2.5, seed: 3)", graph.uniform([4], min: 1, max: 2.5, seed: 3)),
      ("normal([2, 3], seed: 3, seed2: 4)", graph.normal([2, 3], seed: 3, seed2: 4)),
      (
        "normal([3], mean: 1, standardDeviation: 2, type: .float64, seed: 3)",
        graph.normal([3], mean: 1, standardDeviation: 2, type: .float64, seed: 3)
      ),
      ("truncatedNormal([5], seed: 3)", graph.truncatedNormal([5], seed: 3)),
      (
        "truncatedNormal([5], mean: 1, standardDeviation: 0.5, seed: 3)",
        graph.truncatedNormal([5], mean: 1, standardDeviation: 0.5, seed: 3)
      ),
      ("glorotUniform([2, 3], seed: 3)", graph.glorotUniform([2, 3], seed: 3)),
      ("heNormal([2, 3], seed: 3)", graph.heNormal([2, 3], seed: 3)),
      ("orthogonal([3, 2], seed: 3)", graph.orthogonal([3, 2], seed: 3)),
      ("orthogonal([2, 3], gain: 0.5, seed: 3)", graph.orthogonal([2, 3], gain: 0.5, seed: 3)),
    ]
    for (text, value) in pairs {
      #expect(try numbers(text) == numbers(value), "\(text)")
    }
  }

  @Test func saysWhichSizesCannotBe() throws {
    func told(_ body: (Graph) -> Value) -> String {
      let graph = Graph()
      _ = body(graph)
      do {
        _ = try graph.frozen()
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      told { $0.orthogonal([3]) }.contains("orthogonal: sizes must be 2 at least, but they are [3]")
    )
    #expect(told { $0.heNormal([]) }.contains("heNormal: sizes must be 1 at least"))
    #expect(
      told { $0.uniform([-1]) }.contains("uniform: sizes must be at least 0 and not too large"))
    #expect(told { $0.normal([.max, .max]) }.contains("normal: sizes must be at least 0"))
    let graph = Graph()
    #expect(graph.zeros([3_000_000_000]).shape == [3_000_000_000])
    #expect(told { $0.ones([3_000_000_000, -1]) }.contains("[3000000000, -1]"))
    let error = #expect(throws: GraphError.self) { try numbers("uniform([2], min: [1])") }
    #expect(error?.description.contains("min must be a number") == true)
  }
}
