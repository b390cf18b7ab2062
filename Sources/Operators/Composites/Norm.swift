import GraphIR
import Tensors

/// The norm of the elements over some axes, (Σ |x|ᵖ)^(1/p).
///
/// ```swift
/// let length = norm(x)
/// let largest = norm(x, axes: [1], order: .infinity)
/// ```
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to sum over, negative ones counted from the end; all of them without it.
///   - order: The number p, which is greater than 0: 2 for the Euclidean length, 1 for the sum of
///     magnitudes, infinity for the largest magnitude.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: A value of the type of `x`. The gradient of the Euclidean length at 0 is NaN.
public func norm(
  _ x: Value, axes: [Int]? = nil, order: Double = 2, keepDimensions: Bool = false,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  guard order > 0 else {
    x.graph.record("norm: order must be greater than 0, but it is \(order)", origin)
    return x.graph.node(at: -1).output
  }
  return x.graph.ascribing(to: origin) {
    if order == 2 { return euclideanNorm(x, axes: axes, keepDimensions: keepDimensions) }
    let isNegative = 0.0 .> x
    let sign = 1.0 - 2.0 * cast(isNegative, to: x.dataType)
    let magnitude = x * sign
    if order == 1 { return sum(magnitude, axes: axes, keepDimensions: keepDimensions) }
    if order == .infinity { return max(magnitude, axes: axes, keepDimensions: keepDimensions) }
    // 0 has no logarithm; its power, and what flows back to it, is 0.
    let isNonzero = nonzero(x)
    let powers = isNonzero * exp(order * log(magnitude + (1.0 - isNonzero)))
    let total = sum(powers, axes: axes, keepDimensions: keepDimensions)
    return exp(log(total) / order)
  }
}

/// How a `.graph` file calls `norm`.
let normFunction = GraphFunction(
  "norm",
  [
    .positional("x"), .labelled("axes", default: "all"), .labelled("order", default: "2"),
    .labelled("keepDimensions", default: "false"),
  ]
) { call in
  let order: Double =
    switch call["order"] {
    case nil: 2
    case .number(let number): number
    case .integer(let number): Double(number)
    case .name("infinity"): .infinity
    case .some(let other):
      throw ShapeError("order must be a number or .infinity, but it is \(other.kind)")
    }
  let x = try call.value("x")
  return [
    try call.graph.ascribing(to: call.origin) {
      norm(
        x, axes: try call.integers("axes"), order: order,
        keepDimensions: try call.flag("keepDimensions") ?? false)
    }
  ]
}
