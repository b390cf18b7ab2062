import GraphIR
import Tensors

/// For each window on an image, and each filter of a channel, the sum of products in the channel.
public struct DepthwiseConv2dNative: ConvolutionOperator {
  public static let name = "DepthwiseConv2dNative"
  public static let summary =
    "For each window on an image, and each filter of a channel, the sum of products in the channel."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("filter", "T")],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let function: GraphFunction? = windowFunction("depthwiseConv2D")

  public var windows = ConvolutionWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.outputShape(request, .depthwise)]
  }

  // As of a convolution over all channels, but each channel for itself.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: DepthwiseConv2dNative.self).windows
    return [
      g.isNeeded[0]
        ? DepthwiseConv2dNativeBackpropInput(windows)
          .applied(to: [shapeTensor(g.x), g.y, g.outputGradient]) : nil,
      g.isNeeded[1]
        ? DepthwiseConv2dNativeBackpropFilter(windows)
          .applied(to: [g.x, shapeTensor(g.y), g.outputGradient]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try DepthwiseConvolution(
      windows, images: request.inputSizes(0), filters: request.inputSizes(1),
      type: request.inputs[0].dataType
    ).resultKernel(request)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .depthwise, filters: request.inputSizes(1), results: request.outputSizes())
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.depthwise.map {
      $0.sample(DepthwiseConv2dNative.self, [$0.images, $0.filters])
    } + [
      Sample(
        "many pieces", DepthwiseConv2dNative(.init(strides: 1, padding: .same)),
        [.sample([2, 60, 31, 35]), .sample([3, 3, 35, 1], seed: 2)], differentiable: false),
      Sample(
        failing: "another number of channels", DepthwiseConv2dNative(),
        [.sample([1, 3, 3, 3]), .sample([2, 2, 2, 1])],
        message: "input Float64[1, 3, 3, 3] has 3 channels, but filter Float64[2, 2, 2, 1] has"
          + " filters for 2"),
      Sample(
        failing: "a cube", DepthwiseConv2dNative(), [.sample([3, 3, 2]), .sample([2, 2, 2, 1])],
        message: "input must have rank 4, but it is Float64[3, 3, 2]"),
      Sample(
        failing: "two paddings",
        DepthwiseConv2dNative(.init(strides: 1, padding: .explicit, explicitPaddings: [1, 1])),
        [.sample([1, 3, 3, 2]), .sample([2, 2, 2, 1])],
        message: "explicitPaddings must be [top, bottom, left, right], none below 0, but it is"
          + " [1, 1]"),
    ]
  }
}

/// For each window on an image, and each filter of a channel, the sum of products in the channel.
///
/// ```swift
/// let blurred = depthwiseConv2D(images, filters, padding: .same)
/// ```
/// - Parameters:
///   - input: Images: batch, height, width, channels; or batch, channels, height, width.
///   - filter: Filters of the same type: height, width, channels, filters of each channel.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border, where zeros stand.
///   - explicitPaddings: How far images are extended above, below, left and right, for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value with a channel for each filter, those of a channel of `input` side by side,
///   and an element for each window.
public func depthwiseConv2D(
  _ input: Value, _ filter: Value, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return input.graph.append(
    DepthwiseConv2dNative(windows), [input, filter], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
