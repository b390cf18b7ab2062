import Foundation
import StaticGraph
import Testing

/// Functions that append several operators, against formulas.
@Suite struct CompositeTests {
  static let numbers = Tensor.sample([3, 4], seed: 5)

  /// What a function gives for a matrix, and its gradient along the sum of the results.
  private func run(
    _ x: Tensor = numbers, _ body: (Value) -> Value
  ) throws -> (result: [Double], dimensions: [Int], gradient: [Double]) {
    let graph = Graph()
    let input = graph.placeholder("x", type: TensorType(.float64, .unknown(rank: x.rank)))
    let output = body(input)
    let gradient = try graph.gradients(of: [output], withRespectTo: [input])[0]
    let results = try Session(graph).run([output, gradient], feeding: [input: x])
    return (
      try results[0].elements(as: Double.self), results[0].dimensions,
      try results[1].elements(as: Double.self)
    )
  }

  /// What a formula gives for each row.
  private func rows(_ formula: ([Double]) -> Double) throws -> [Double] {
    let all = try Self.numbers.elements(as: Double.self)
    return (0..<3).map { formula(Array(all[$0 * 4..<$0 * 4 + 4])) }
  }

  private func check(
    _ formula: @escaping ([Double]) -> Double, _ body: (Value) -> Value
  ) throws {
    let (result, dimensions, gradient) = try run(Self.numbers, body)
    #expect(dimensions == [3])
    for (mine, expected) in zip(result, try rows(formula)) { #expect(abs(mine - expected) < 1e-12) }
    let all = try Self.numbers.elements(as: Double.self)
    for place in all.indices {
      func moved(_ offset: Double) -> Double {
        var row = Array(all[place / 4 * 4..<place / 4 * 4 + 4])
        row[place % 4] += offset
        return formula(row)
      }
      let slope = (moved(1e-6) - moved(-1e-6)) / 2e-6
      #expect(abs(gradient[place] - slope) < 1e-7)
    }
  }

  static func spread(_ row: [Double]) -> Double {
    let mean = row.reduce(0, +) / Double(row.count)
    return row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
  }

  @Test func logSumExpIsTheLogarithmOfTheSumOfExponentials() throws {
    try check({ log($0.reduce(0) { $0 + exp($1) }) }, { logSumExp($0, axes: [1]) })
    let kept = try run { logSumExp($0, axes: [0], keepDimensions: true) }
    #expect(kept.dimensions == [1, 4])
  }

  @Test func logSumExpKeepsWithinItsRange() throws {
    let infinity = Double.infinity
    let cases: [([Double], Double)] = [
      ([1000, 1000], 1000 + log(2)), ([-1000, -1000], -1000 + log(2)),
      ([-infinity, 0], 0), ([-infinity, -infinity], -infinity), ([infinity, 0], infinity),
    ]
    for (numbers, expected) in cases {
      let result = try run(Tensor(numbers)) { logSumExp($0, axes: [0]) }.result[0]
      #expect(result == expected || abs(result - expected) < 1e-9, "\(numbers): \(result)")
    }
  }

  @Test(arguments: [0.5, 1, 1.5, 2, 3])
  func normIsTheRootOfTheSumOfPowers(_ order: Double) throws {
    try check(
      { pow($0.reduce(0) { $0 + pow(abs($1), order) }, 1 / order) },
      { norm($0, axes: [1], order: order) })
  }

  @Test func infiniteNormIsTheLargestMagnitude() throws {
    try check({ $0.map(abs).max()! }, { norm($0, axes: [-1], order: .infinity) })
  }

  @Test func normTakesZeros() throws {
    let zeros = try run(Tensor([0.0, 3, 0])) { norm($0, order: 3) }
    #expect(abs(zeros.result[0] - 3) < 1e-12)
    #expect(zeros.gradient[0] == 0 && abs(zeros.gradient[1] - 1) < 1e-12)
  }

  @Test func normNeedsAnOrder() throws {
    let graph = Graph()
    _ = norm(graph.constant([1.0, 2]), order: 0)
    let error = #expect(throws: GraphError.self) { _ = try Session(graph) }
    #expect(error?.diagnostics[0].message == "norm: order must be greater than 0, but it is 0.0")
  }

  @Test func momentsAreMeanAndVariance() throws {
    try check({ $0.reduce(0, +) / 4 }, { moments($0, axes: [1]).mean })
    try check(Self.spread, { moments($0, axes: [1]).variance })
    try check(Self.spread, { variance($0, axes: [1]) })
    try check({ sqrt(Self.spread($0)) }, { standardDeviation($0, axes: [1]) })
    let all = try run { moments($0, keepDimensions: true).variance }
    #expect(all.dimensions == [1, 1])
  }

  @Test func graphFilesCallThem() throws {
    for name in ["logSumExp", "moments", "norm", "standardDeviation", "variance"] {
      #expect(OperatorRegistry.standard.function(named: name) != nil, "\(name)")
    }
  }

  /// Zeros have parts that a division by the element would lose.
  @Test func productsOfZerosHaveGradients() throws {
    for zeros in [[1], [0, 2], [3]] {
      var numbers = [1.5, -2, 0.5, 3]
      for place in zeros { numbers[place] = 0 }
      for (exclusive, reverse) in [(false, false), (true, false), (false, true), (true, true)] {
        func formula(_ row: [Double]) -> Double {
          var (total, product) = (0.0, 1.0)
          for (place, number) in (reverse ? row.reversed() : row).enumerated() {
            if !exclusive { product *= number }
            total += Double(place + 1) * product
            if exclusive { product *= number }
          }
          return total
        }
        let gradient = try run(Tensor(numbers)) { x in
          let products = cumprod(x, axis: 0, exclusive: exclusive, reverse: reverse)
          let weights = Tensor(reverse ? [4.0, 3, 2, 1] : [1.0, 2, 3, 4])
          return sum(products * x.graph.constant(weights))
        }.gradient
        for place in numbers.indices {
          var (up, down) = (numbers, numbers)
          up[place] += 1e-5
          down[place] -= 1e-5
          #expect(abs(gradient[place] - (formula(up) - formula(down)) / 2e-5) < 1e-8)
        }
      }
      let gradient = try run(Tensor(numbers)) { prod($0) }.gradient
      for place in numbers.indices {
        let others = numbers.enumerated().filter { $0.offset != place }.map(\.element)
        #expect(gradient[place] == others.reduce(1, *))
      }
    }
  }
}
