import GraphIR
import Tensors

/// Numbers shifted and scaled so that over some axes their mean is 0 and their variance 1.
///
/// ```swift
/// let normal = layerNormalization(features, scale: gamma, offset: beta)
/// ```
/// - Parameters:
///   - x: Floating-point numbers.
///   - axes: The axes to take mean and variance over, negative ones counted from the end.
///   - scale: What the result is multiplied by, of a shape that broadcasts with that of `x`.
///   - offset: What is added in the end, of a shape that broadcasts with that of `x`.
///   - epsilon: What is added to the variance, so that it is not 0.
/// - Returns: A value of the type and shape of `x`.
public func layerNormalization(
  _ x: Value, axes: [Int] = [-1], scale: Value? = nil, offset: Value? = nil,
  epsilon: Double = 0.001, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.ascribing(to: Origin(fileID: fileID, line: line)) {
    let (mean, variance) = moments(x, axes: axes, keepDimensions: true)
    var result = (x - mean) * rsqrt(variance + epsilon)
    if let scale { result = result * scale }
    if let offset { result = result + offset }
    return result
  }
}

/// How a `.graph` file calls `layerNormalization`.
let layerNormalizationFunction = GraphFunction(
  "layerNormalization",
  [
    .positional("x"), .labelled("axes", default: "[-1]"), .labelled("scale", default: "none"),
    .labelled("offset", default: "none"), .labelled("epsilon", default: "0.001"),
  ]
) { call in
  let epsilon: Double =
    switch call["epsilon"] {
    case nil: 0.001
    case .number(let number): number
    case .integer(let integer): Double(integer)
    case .some(let other): throw ShapeError("epsilon must be a number, but it is \(other.kind)")
    }
  let x = try call.value("x")
  func value(_ name: String) throws -> Value? {
    call[name] == nil ? nil : try call.value(name, literalType: x.dataType)
  }
  let (scale, offset) = (try value("scale"), try value("offset"))
  let axes = try call.integers("axes") ?? [-1]
  return call.graph.ascribing(to: call.origin) {
    [layerNormalization(x, axes: axes, scale: scale, offset: offset, epsilon: epsilon)]
  }
}
