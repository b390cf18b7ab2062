import GraphIR
import Tensors

/// The mean over some axes, and the mean of squared distances from it.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to take the mean over, negative ones counted from the end; all of them
///     without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: Mean and variance, of the type of `x`; the variance is that of the numbers
///   themselves, Σ (x − mean)² divided by their number.
public func moments(
  _ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false, fileID: String = #fileID,
  line: Int = #line
) -> (mean: Value, variance: Value) {
  x.graph.ascribing(to: Origin(fileID: fileID, line: line)) {
    let center = mean(x, axes: axes, keepDimensions: true)
    let spread = mean(square(x - center), axes: axes, keepDimensions: keepDimensions)
    return (keepDimensions ? center : sum(center, axes: axes), spread)
  }
}

/// The variance over some axes: the mean of squared distances from the mean.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to take it over, negative ones counted from the end; all without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: A value of the type of `x`.
public func variance(
  _ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  moments(x, axes: axes, keepDimensions: keepDimensions, fileID: fileID, line: line).variance
}

/// The standard deviation over some axes: the square root of the variance.
///
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to take it over, negative ones counted from the end; all without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: A value of the type of `x`. Its gradient is NaN where the variance is 0.
public func standardDeviation(
  _ x: Value, axes: [Int]? = nil, keepDimensions: Bool = false, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  sqrt(
    variance(x, axes: axes, keepDimensions: keepDimensions, fileID: fileID, line: line),
    fileID: fileID, line: line)
}

/// How a `.graph` file calls `moments`.
let momentsFunction = GraphFunction.reduction("moments") { x, axes, keepDimensions -> [Value] in
  let (mean, variance) = moments(x, axes: axes, keepDimensions: keepDimensions)
  return [mean, variance]
}

/// How a `.graph` file calls `variance`.
let varianceFunction = GraphFunction.reduction("variance") { x, axes, keepDimensions in
  variance(x, axes: axes, keepDimensions: keepDimensions)
}

/// How a `.graph` file calls `standardDeviation`.
let standardDeviationFunction = GraphFunction.reduction("standardDeviation") {
  x, axes, keepDimensions in
  standardDeviation(x, axes: axes, keepDimensions: keepDimensions)
}
