import GraphIR
import Tensors

/// The images that a convolution would make such results of, as a decoder enlarges them: each
/// element adds its filters, multiplied by it, to a window of the result.
///
/// ```swift
/// let large = conv2DTranspose(small, filters, strides: 2, padding: .same)
/// ```
/// - Parameters:
///   - input: Images: batch, height, width, channels; or batch, channels, height, width.
///   - filter: Filters of the same type: height, width, channels of the result, channels of
///     `input`.
///   - outputSizes: The height and width of the result, where several fit. Without it, and for a
///     size n of `input`, they are n · stride with the padding `.same`; otherwise what the windows
///     cover, which the height and width of the filters must be known for, and at least n · stride
///     with `.valid`.
///   - strides: The steps from window to window on the result: one number, or one for height and
///     width each.
///   - padding: Whether windows may lie beyond the border of the result.
///   - explicitPaddings: How much of what windows cover is left out above, below, left and right,
///     for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: Images of the type of `input`, the gradient of a convolution.
public func conv2DTranspose(
  _ input: Value, _ filter: Value, outputSizes: [Int]? = nil, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return transposed(
    input, filter, outputSizes, windows, Origin(fileID: fileID, line: line))
}

private func transposed(
  _ input: Value, _ filter: Value, _ outputSizes: [Int]?, _ windows: ConvolutionWindows,
  _ origin: Origin
) -> Value {
  guard input.isValid, filter.isValid else { return input.isValid ? filter : input }
  let graph = input.graph
  do {
    try windows.check()
    let request = ShapeRequest(inputs: [input.type, filter.type])
    try request.require(rank: 4, of: 0, named: "input")
    try request.require(rank: 4, of: 1, named: "filter")
    if let outputSizes, outputSizes.count != 2 {
      throw ShapeError("outputSizes must be [height, width], but it is \(outputSizes)")
    }
    return try graph.ascribing(to: origin) {
      let sizes =
        try outputSizes?.map { Extent.known($0) }
        ?? [windows.axes.height, windows.axes.width].map {
          try windows.transposedSize(along: $0, of: input, filter)
        }
      let vector = cast(Extent.vector(sizes, in: graph), to: .int32)
      return Conv2DBackpropInput(windows).applied(to: [vector, filter, input])
    }
  } catch {
    return graph.invalid("conv2DTranspose: \(error)", origin)
  }
}

/// The size along an axis.
private func extent(of value: Value, along axis: Int) -> Extent {
  value.shape[axis].map { .known($0) } ?? .computed(shape(value, type: .int64)[axis])
}

extension ConvolutionWindows {
  /// The size along an axis of images whose windows have those results.
  fileprivate func transposedSize(
    along axis: Int, of results: Value, _ filter: Value
  ) throws -> Extent {
    let count = extent(of: results, along: axis)
    let (stride, dilation) = (strides[axis], dilations[axis])
    if padding == .same { return count * .known(stride) }
    guard let window = filter.shape[axis - axes.height] else {
      throw ShapeError(
        "filter is \(filter.type), but its height and width must be known",
        suggestion: "give outputSizes")
    }
    let reach = (window - 1) &* dilation &+ 1
    if padding == .valid { return count * .known(stride) + max(reach &- stride, 0) }
    let paddings = explicitPaddings[2 * axis] + explicitPaddings[2 * axis + 1]
    return count * .known(stride) + (reach &- stride &- paddings)
  }
}

/// How a `.graph` file calls `conv2DTranspose`.
let conv2DTransposeFunction = GraphFunction(
  "conv2DTranspose",
  [
    .positional("input"), .positional("filter"),
    .labelled("outputSizes", default: "as the input asks"),
  ] + GraphFunction.windowParameters
) { call in
  let input = try call.value("input")
  let filter = try call.value("filter", literalType: input.dataType)
  return [
    transposed(
      input, filter, try call.integers("outputSizes"), try ConvolutionWindows(call), call.origin)
  ]
}
