import GraphIR
import Tensors

/// What flows back into the filters of a depthwise convolution.
public struct DepthwiseConv2dNativeBackpropFilter: ConvolutionOperator {
  public static let name = "DepthwiseConv2dNativeBackpropFilter"
  public static let summary =
    "What flows back into the filters of a depthwise convolution."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("filter_sizes", .fixed(.int32)), .init("out_backprop", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = windowFunction("depthwiseConv2DBackpropFilter")

  public var windows = ConvolutionWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.filterShape(request, .depthwise)]
  }

  // Linear in both, as of a convolution over all channels.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: DepthwiseConv2dNativeBackpropFilter.self).windows
    let (images, results, flow) = (g.inputs[0], g.inputs[2], g.outputGradient)
    return [
      g.isNeeded[0]
        ? DepthwiseConv2dNativeBackpropInput(windows)
          .applied(to: [shapeTensor(images), flow, results]) : nil,
      nil,
      g.isNeeded[2] ? DepthwiseConv2dNative(windows).applied(to: [images, flow]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try DepthwiseConvolution(
      windows, images: request.inputSizes(0), filters: request.outputSizes(),
      type: request.inputs[0].dataType
    ).filterGradientKernel(request)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .depthwise, filters: request.outputSizes(), results: request.inputSizes(2))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.depthwise.map {
      $0.sample(DepthwiseConv2dNativeBackpropFilter.self, [$0.images, $0.filterSizes, $0.results])
    } + [
      Sample(
        "many pieces", DepthwiseConv2dNativeBackpropFilter(.init(strides: 1, padding: .same)),
        [
          .sample([2, 60, 31, 35]), Tensor([Int32(3), 3, 35, 1]),
          .sample([2, 60, 31, 35], seed: 2),
        ], differentiable: false),
      Sample(
        failing: "results of another size", DepthwiseConv2dNativeBackpropFilter(),
        [.sample([1, 4, 5, 2]), Tensor([Int32(2), 3, 2, 2]), .sample([1, 3, 4, 4])],
        message: "out_backprop is Float64[1, 3, 4, 4], but input and a filter of shape [2, 3, 2, 2]"
          + " give [1, 3, 3, 4]"),
      Sample(
        failing: "another number of channels", DepthwiseConv2dNativeBackpropFilter(),
        [.sample([1, 4, 5, 2]), Tensor([Int32(2), 3, 3, 1]), .sample([1, 3, 3, 2])],
        message: "input Float64[1, 4, 5, 2] has 2 channels, but a filter of shape [2, 3, 3, 1] has"
          + " filters for 3"),
    ]
  }
}

/// What flows back into the filters of a depthwise convolution.
///
/// - Parameters:
///   - input: The images that were convolved.
///   - filterSizes: The shape of the filters, a vector of `Int32`: height, width, channels of the
///     images, filters of each channel.
///   - outBackprop: What flows back into the results of the convolution, a value of the type of
///     `input`.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border of the images.
///   - explicitPaddings: How far images are extended above, below, left and right, for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the shape of the filters.
public func depthwiseConv2DBackpropFilter(
  _ input: Value, _ filterSizes: Value, _ outBackprop: Value, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return input.graph.append(
    DepthwiseConv2dNativeBackpropFilter(windows), [input, filterSizes, outBackprop], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
