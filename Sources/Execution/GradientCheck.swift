import GraphIR
import Tensors

/// How well the gradients of a graph agree with what they should be.
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// One input moved in one direction.
  public struct Comparison: Sendable, CustomStringConvertible {
    /// The name of the input.
    public let input: String
    /// Which of the directions, from 0 up.
    public let direction: Int
    /// The change that the gradient promises, for each unit of the step.
    public let promised: Double
    /// The change that the values show, for each unit of the step.
    public let measured: Double
    /// What both are compared with: the sum of the sizes of all terms of the promise, or the size
    /// of what was measured where that is larger.
    public let scale: Double

    /// The distance of both, as a part of the scale; infinite where one of them is no number.
    public var error: Double {
      let distance = abs(promised - measured)
      if distance == 0 { return 0 }
      return distance.isFinite && scale.isFinite ? distance / scale : .infinity
    }

    /// The numbers in a sentence.
    public var description: String {
      "along direction \(direction) of '\(input)' the gradient promises \(promised), but the values"
        + " change by \(measured): \(error) of \(scale)"
    }
  }

  /// Every comparison, input by input.
  public let comparisons: [Comparison]

  /// The comparison with the largest error.
  public var worst: Comparison? {
    var worst: Comparison?
    for comparison in comparisons where comparison.error > worst?.error ?? -1 {
      worst = comparison
    }
    return worst
  }

  /// The largest error, 0 where nothing was compared.
  public var largestError: Double { worst?.error ?? 0 }

  /// The worst comparison in a sentence.
  public var description: String { worst?.description ?? "nothing was compared" }
}

extension Session {
  /// Compares gradients with central differences.
  ///
  /// ```swift
  /// let dydx = try graph.gradient(of: y, withRespectTo: x)
  /// let check = try Session(graph).numericalGradientCheck(
  ///   of: y, gradients: [(x, dydx)], feeding: [x: point])
  /// assert(check.largestError < 1e-6, "\(check)")
  /// ```
  /// Each input is moved forth and back along directions whose elements look random. What the
  /// gradient promises, Σ ∂y/∂x · Δx, must be the change of the sum of the elements of `y`. For
  /// `Float64` an error up to 1e-6 is usual, for `Float32` up to 1e-2; kinks and large curvature
  /// on the way show as errors too.
  ///
  /// - Parameters:
  ///   - y: A value of floating-point numbers.
  ///   - gradients: For each input, which must be fed, what the graph says is the derivative of
  ///     the sum of the elements of `y`.
  ///   - feeds: The point to compare at, as in `run`.
  ///   - step: How far the inputs are moved, for elements up to 1 in a direction; without it, one
  ///     that fits the type, in proportion to the largest element of the input.
  ///   - directions: How many directions are tried for each input.
  ///   - seed: Another seed gives other directions.
  /// - Throws: `GraphError` when an input is not fed or holds no floating-point numbers, when a
  ///   gradient is of another shape than its input, and what `run` throws.
  public func numericalGradientCheck(
    of y: Value, gradients: [(input: Value, gradient: Value)], feeding feeds: [Value: Tensor],
    step: Double? = nil, directions: Int = 3, seed: UInt64 = 1
  ) throws -> GradientCheck {
    guard y.dataType.isFloatingPoint else {
      throw GraphError("gradient check: '\(y.name)' is \(y.type), which has no derivative")
    }
    let promises = try run(gradients.map(\.gradient), feeding: feeds)
    var comparisons: [GradientCheck.Comparison] = []
    for (number, (input, _)) in gradients.enumerated() {
      let point = try checkedPoint(input, feeds, promises[number])
      for direction in 0..<max(0, directions) {
        let moved = try Movement(
          point,
          along: .sample(
            point.dimensions, in: -1...1,
            seed: seed &* 1_000_003 &+ UInt64(number) &* 1_009 &+ UInt64(direction)),
          step: step)
        func total(_ tensor: Tensor) throws -> Double {
          var feeds = feeds
          feeds[input] = tensor
          return try doubles(run(y, feeding: feeds)).reduce(0, +)
        }
        let measured = try (total(moved.forth) - total(moved.back)) / (2 * moved.step)
        let terms = try zip(doubles(promises[number]), moved.differences()).map {
          $0 * $1 / (2 * moved.step)
        }
        comparisons.append(
          .init(
            input: input.name, direction: direction, promised: terms.reduce(0, +),
            measured: measured, scale: max(terms.reduce(0) { $0 + abs($1) }, abs(measured))))
      }
    }
    return GradientCheck(comparisons: comparisons)
  }

  /// What an input is fed, in its type.
  private func checkedPoint(
    _ input: Value, _ feeds: [Value: Tensor], _ gradient: Tensor
  ) throws -> Tensor {
    guard let feed = feeds[input] else {
      throw GraphError("gradient check: '\(input.name)' is not fed")
    }
    guard input.dataType.isFloatingPoint else {
      throw GraphError(
        "gradient check: '\(input.name)' is \(input.type), which has no derivative")
    }
    let point = try feed.isLiteral ? feed.adopting(input.dataType) : feed
    guard gradient.type == point.type else {
      throw GraphError(
        "gradient check: '\(input.name)' is fed \(point.type), but its gradient is"
          + " \(gradient.type)")
    }
    return point
  }
}

/// A point moved forth and back along a direction, in the numbers that its type has.
private struct Movement {
  let forth: Tensor
  let back: Tensor
  let step: Double

  init(_ point: Tensor, along direction: Tensor, step: Double?) throws {
    let numbers = try doubles(point)
    let size = numbers.reduce(1) { max($0, $1.isFinite ? abs($1) : 0) }
    let usual =
      switch point.dataType {
      case .float64: 1e-5
      case .float32: 1e-2
      default: 0.1
      }
    let step = step ?? usual * size
    func moved(_ distance: Double) throws -> Tensor {
      let sums = try zip(numbers, doubles(direction)).map { $0 + distance * $1 }
      return try Tensor(sums, dimensions: point.dimensions).converted(to: point.dataType)
    }
    self.step = step
    forth = try moved(step)
    back = try moved(-step)
  }

  /// How far each element was moved altogether, after rounding.
  func differences() throws -> [Double] {
    try zip(doubles(forth), doubles(back)).map { $0 - $1 }
  }
}

private func doubles(_ tensor: Tensor) throws -> [Double] {
  try tensor.converted(to: .float64).elements()
}
