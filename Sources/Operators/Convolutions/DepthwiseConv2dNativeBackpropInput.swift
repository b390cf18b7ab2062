import GraphIR
import Tensors

/// What flows back into the images of a depthwise convolution.
public struct DepthwiseConv2dNativeBackpropInput: ConvolutionOperator {
  public static let name = "DepthwiseConv2dNativeBackpropInput"
  public static let summary =
    "What flows back into the images of a depthwise convolution."
  public static let signature = Signature(
    inputs: [
      .init("input_sizes", .fixed(.int32)), .init("filter", "T"), .init("out_backprop", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let shapeInputs = [0]
  public static let function: GraphFunction? = windowFunction("depthwiseConv2DBackpropInput")

  public var windows = ConvolutionWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.imageShape(request, .depthwise)]
  }

  // Linear in both, as of a convolution over all channels.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: DepthwiseConv2dNativeBackpropInput.self).windows
    let (filter, results, flow) = (g.inputs[1], g.inputs[2], g.outputGradient)
    return [
      nil,
      g.isNeeded[1]
        ? DepthwiseConv2dNativeBackpropFilter(windows)
          .applied(to: [flow, shapeTensor(filter), results]) : nil,
      g.isNeeded[2] ? DepthwiseConv2dNative(windows).applied(to: [flow, filter]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try DepthwiseConvolution(
      windows, images: request.outputSizes(), filters: request.inputSizes(1),
      type: request.outputs[0].dataType
    ).imageGradientKernel(request)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .depthwise, filters: request.inputSizes(1), results: request.inputSizes(2))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.depthwise.map {
      $0.sample(DepthwiseConv2dNativeBackpropInput.self, [$0.imageSizes, $0.filters, $0.results])
    } + [
      Sample(
        "many pieces",
        DepthwiseConv2dNativeBackpropInput(.init(strides: 2, padding: .same)),
        [
          Tensor([Int32(2), 60, 31, 35]), .sample([3, 3, 35, 2]),
          .sample([2, 30, 16, 70], seed: 2),
        ], differentiable: false),
      Sample(
        failing: "results of another size", DepthwiseConv2dNativeBackpropInput(),
        [Tensor([Int32(1), 4, 5, 2]), .sample([2, 3, 2, 2]), .sample([1, 3, 3, 2])],
        message: "out_backprop is Float64[1, 3, 3, 2], but an input of shape [1, 4, 5, 2] gives"
          + " [1, 3, 3, 4]"),
      Sample(
        failing: "height and width alone", DepthwiseConv2dNativeBackpropInput(),
        [Tensor([Int32(4), 5]), .sample([2, 3, 2, 2]), .sample([1, 3, 3, 4])],
        message: "input_sizes must hold 4 sizes, but it holds [4, 5]"),
    ]
  }
}

/// What flows back into the images of a depthwise convolution.
///
/// - Parameters:
///   - inputSizes: The shape of the images, a vector of `Int32`.
///   - filter: Filters: height, width, channels of the images, filters of each channel.
///   - outBackprop: What flows back into the results of the convolution, a value of the same type.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border of the images.
///   - explicitPaddings: How far images are extended above, below, left and right, for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the shape of the images.
public func depthwiseConv2DBackpropInput(
  _ inputSizes: Value, _ filter: Value, _ outBackprop: Value, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return filter.graph.append(
    DepthwiseConv2dNativeBackpropInput(windows), [inputSizes, filter, outBackprop], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
