import GraphIR
import Tensors

/// What flows back into the images of a convolution.
public struct Conv2DBackpropInput: FullConvolutionOperator {
  public static let name = "Conv2DBackpropInput"
  public static let summary = "What flows back into the images of a convolution."
  public static let signature = Signature(
    inputs: [
      .init("input_sizes", .fixed(.int32)), .init("filter", "T"), .init("out_backprop", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let shapeInputs = [0]
  public static let function: GraphFunction? = windowFunction("conv2DBackpropInput")

  public var windows = ConvolutionWindows()
  public var usesCudnn = true

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.imageShape(request, .full)]
  }

  // Linear in both: filters meet what flows back here as they met the images, and what flowed into
  // the results meets the filters as the results did.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: Conv2DBackpropInput.self).windows
    let (filter, results, flow) = (g.inputs[1], g.inputs[2], g.outputGradient)
    return [
      nil,
      g.isNeeded[1]
        ? Conv2DBackpropFilter(windows).applied(to: [flow, shapeTensor(filter), results]) : nil,
      g.isNeeded[2] ? Conv2D(windows).applied(to: [flow, filter]) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try Convolution(
      windows, images: request.outputSizes(), filters: request.inputSizes(1),
      type: request.outputs[0].dataType
    ).imageGradientKernel()
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .full, filters: request.inputSizes(1), results: request.inputSizes(2))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.full.map {
      $0.sample(Conv2DBackpropInput.self, [$0.imageSizes, $0.filters, $0.results])
    } + [
      Sample(
        "height and width alone", Conv2DBackpropInput(),
        [Tensor([Int32(4), 5]), .sample([2, 3, 2, 2]), .sample([1, 3, 3, 2], seed: 2)]),
      Sample(
        "larger than a tile", Conv2DBackpropInput(.init(strides: [2, 1], padding: .same)),
        [
          Tensor([Int32(2), 61, 31, 3]), .sample([7, 5, 3, 33]),
          .sample([2, 31, 31, 33], seed: 2),
        ], differentiable: false),
      Sample(
        failing: "results of another size", Conv2DBackpropInput(),
        [Tensor([Int32(1), 4, 5, 2]), .sample([2, 3, 2, 2]), .sample([1, 3, 4, 2])],
        message: "out_backprop is Float64[1, 3, 4, 2], but an input of shape [1, 4, 5, 2] gives"
          + " [1, 3, 3, 2]"),
      Sample(
        failing: "another number of channels", Conv2DBackpropInput(),
        [Tensor([Int32(1), 4, 5, 3]), .sample([2, 3, 2, 2]), .sample([1, 3, 3, 2])],
        message: "an input of shape [1, 4, 5, 3] has 3 channels, which is no multiple of the 2 that"
          + " filter Float64[2, 3, 2, 2] has"),
      Sample(
        failing: "three sizes", Conv2DBackpropInput(),
        [Tensor([Int32(1), 4, 5]), .sample([2, 3, 2, 2]), .sample([1, 3, 3, 2])],
        message: "input_sizes must hold 4 sizes, but it holds [1, 4, 5]"),
      Sample(
        failing: "a matrix", Conv2DBackpropInput(),
        [Tensor([Int32(1), 4, 5, 2]), .sample([2, 3, 2, 2]), .sample([3, 2])],
        message: "out_backprop must have rank 4, but it is Float64[3, 2]"),
    ]
  }
}

/// What flows back into the images of a convolution.
///
/// The images for which a convolution has windows and filters as here are asked for; what
/// `conv2DTranspose` gives is the same, with sizes that follow from those of the results.
///
/// - Parameters:
///   - inputSizes: The shape of the images, a vector of `Int32`; or just their height and width.
///   - filter: Filters: height, width, channels of the images, channels of the results.
///   - outBackprop: What flows back into the results of the convolution, a value of the same type.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border of the images.
///   - explicitPaddings: How far images are extended above, below, left and right, for `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the shape of the images.
public func conv2DBackpropInput(
  _ inputSizes: Value, _ filter: Value, _ outBackprop: Value, strides: PerAxis = 1,
  padding: Padding = .valid, explicitPaddings: [Int] = [], dilations: PerAxis = 1,
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return filter.graph.append(
    Conv2DBackpropInput(windows), [inputSizes, filter, outBackprop], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
