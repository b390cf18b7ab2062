import GraphIR
import Tensors

/// The logarithm of the sum of exponentials over some axes, log Σ eˣ.
///
/// It does not overflow where the exponentials would. That of nothing is −∞.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to sum over, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: A value of the type of `x`.
public func logSumExp(
  _ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  x.graph.ascribing(to: Origin(fileID: fileID, line: line)) {
    let largest = max(x, axes: axes, keepDimensions: true)
    // What is subtracted must be finite: ∞ − ∞ is no number.
    let isInfinite = cast(largest - largest, to: .bool)
    let offset = select(isInfinite, zeros(like: largest), largest)
    let rest = log(sum(exp(x - offset), axes: axes, keepDimensions: keepDimensions))
    return rest + (keepDimensions ? offset : sum(offset, axes: axes))
  }
}

/// How a `.graph` file calls `logSumExp`.
let logSumExpFunction = GraphFunction.reduction("logSumExp") { x, axes, keepDimensions in
  logSumExp(x, axes: axes, keepDimensions: keepDimensions)
}
