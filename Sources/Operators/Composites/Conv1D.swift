import GraphIR
import Tensors

/// For each window on a sequence, and each filter, the sum of products of their elements.
///
/// ```swift
/// let features = conv1D(sequences, filters, strides: 2, padding: .same)
/// ```
/// - Parameters:
///   - input: Sequences: batch, length, channels; or batch, channels, length.
///   - filter: Filters of the same type: length, channels, filters.
///   - strides: The steps from window to window.
///   - padding: Whether windows may lie beyond the ends, where zeros stand.
///   - explicitPaddings: How far the sequence is extended before and behind, for `.explicit`.
///   - dilations: The steps within a window.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value with a channel for each filter, and an element for each window.
public func conv1D(
  _ input: Value, _ filter: Value, strides: Int = 1, padding: Padding = .valid,
  explicitPaddings: [Int] = [], dilations: Int = 1, dataFormat: DataFormat = .nhwc,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  for (name, value) in [("input", input), ("filter", filter)] {
    if let rank = value.shape.rank, rank != 3 {
      return input.graph.invalid(
        "conv1D: \(name) must have rank 3, but it is \(value.type)", origin)
    }
  }
  return input.graph.ascribing(to: origin) {
    // Sequences are images that are one pixel high.
    let axis = dataFormat == .nhwc ? 1 : 2
    let lines = conv2D(
      expandDimensions(input, axis: axis), expandDimensions(filter, axis: 0),
      strides: [1, strides], padding: padding,
      explicitPaddings: explicitPaddings.count == 2 ? [0, 0] + explicitPaddings : explicitPaddings,
      dilations: [1, dilations], dataFormat: dataFormat)
    return squeeze(lines, axes: [axis])
  }
}

/// How a `.graph` file calls `conv1D`.
let conv1DFunction = GraphFunction(
  "conv1D", [.positional("input"), .positional("filter")] + GraphFunction.windowParameters
) { call in
  func step(_ name: String) throws -> Int {
    let numbers = try call.integers(name) ?? [1]
    guard numbers.count == 1 else {
      throw ShapeError("\(name) must be one integer, but it is \(numbers)")
    }
    return numbers[0]
  }
  let input = try call.value("input")
  let filter = try call.value("filter", literalType: input.dataType)
  let (strides, dilations) = (try step("strides"), try step("dilations"))
  let explicitPaddings = try call.integers("explicitPaddings") ?? []
  let padding: Padding = try call.choice("padding") ?? .valid
  let dataFormat: DataFormat = try call.choice("dataFormat") ?? .nhwc
  return call.graph.ascribing(to: call.origin) {
    [
      conv1D(
        input, filter, strides: strides, padding: padding, explicitPaddings: explicitPaddings,
        dilations: dilations, dataFormat: dataFormat)
    ]
  }
}
