import GraphIR
import Tensors

/// What flows back into the filters of a convolution.
public struct Conv2DBackpropFilter: FullConvolutionOperator {
  public static let name = "Conv2DBackpropFilter"
  public static let summary = "What flows back into the filters of a convolution."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("filter_sizes", .fixed(.int32)), .init("out_backprop", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = windowFunction("conv2DBackpropFilter")

  public var windows = ConvolutionWindows()
  public var usesCudnn = true

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.filterShape(request, .full)]
  }

  // Linear in both: what flows back here are filters that the images and the results meet.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: Conv2DBackpropFilter.self).windows
    let (images, results, flow) = (g.inputs[0], g.inputs[2], g.outputGradient)
    return [
      g.isNeeded[0]
        ? Conv2DBackpropInput(windows).applied(to: [shapeTensor(images), flow, results]) : nil,
      nil,
      g.isNeeded[2] ? Conv2D(windows).applied(to: [images, flow]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try Convolution(
      windows, images: request.inputSizes(0), filters: request.outputSizes(),
      type: request.inputs[0].dataType
    ).filterGradientKernel(request)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .full, filters: request.outputSizes(), results: request.inputSizes(2))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.full.map {
      $0.sample(Conv2DBackpropFilter.self, [$0.images, $0.filterSizes, $0.results])
    } + [
      Sample(
        "larger than a tile", Conv2DBackpropFilter(.init(strides: [2, 1], padding: .same)),
        [
          .sample([2, 61, 31, 3]), Tensor([Int32(7), 5, 3, 33]),
          .sample([2, 31, 31, 33], seed: 2),
        ], differentiable: false),
      Sample(
        failing: "results of another size", Conv2DBackpropFilter(),
        [.sample([1, 4, 5, 2]), Tensor([Int32(2), 3, 2, 2]), .sample([1, 3, 4, 2])],
        message: "out_backprop is Float64[1, 3, 4, 2], but input and a filter of shape [2, 3, 2, 2]"
          + " give [1, 3, 3, 2]"),
      Sample(
        failing: "another number of channels", Conv2DBackpropFilter(),
        [.sample([1, 4, 5, 3]), Tensor([Int32(2), 3, 2, 2]), .sample([1, 3, 3, 2])],
        message: "input Float64[1, 4, 5, 3] has 3 channels, which is no multiple of the 2 that a"
          + " filter of shape [2, 3, 2, 2] has"),
      Sample(
        failing: "three sizes", Conv2DBackpropFilter(),
        [.sample([1, 4, 5, 2]), Tensor([Int32(2), 3, 2]), .sample([1, 3, 3, 2])],
        message: "filter_sizes must hold 4 sizes, but it holds [2, 3, 2]"),
    ]
  }
}

/// What flows back into the filters of a convolution.
///
/// - Parameters:
///   - input: The images that were convolved.
///   - filterSizes: The shape of the filters, a vector of `Int32`: height, width, channels of the
///     images, channels of the results.
///   - outBackprop: What flows back into the results of the convolution, a value of the type of
///     `input`.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border of the images.
///   - explicitPaddings: How far images are extended above, below, left and right, for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the shape of the filters.
public func conv2DBackpropFilter(
  _ input: Value, _ filterSizes: Value, _ outBackprop: Value, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return input.graph.append(
    Conv2DBackpropFilter(windows), [input, filterSizes, outBackprop], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
