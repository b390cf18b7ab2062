import GraphIR
import Tensors

/// For each window on an image, and each filter, the sum of products of their elements.
public struct Conv2D: FullConvolutionOperator {
  public static let name = "Conv2D"
  public static let summary =
    "For each window on an image, and each filter, the sum of products of their elements."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("filter", "T")], outputs: [.init("output", "T")],
    types: ["T": .floatingPoint])
  public static let function: GraphFunction? = windowFunction("conv2D")

  public var windows = ConvolutionWindows()
  public var usesCudnn = true

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try windows.outputShape(request, .full)]
  }

  // Each element of the input was multiplied by filters and each filter by elements, so that what
  // flows back is the sum of such products again.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: Conv2D.self).windows
    return [
      g.isNeeded[0]
        ? Conv2DBackpropInput(windows).applied(to: [shapeTensor(g.x), g.y, g.outputGradient]) : nil,
      g.isNeeded[1]
        ? Conv2DBackpropFilter(windows).applied(to: [g.x, shapeTensor(g.y), g.outputGradient])
        : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try Convolution(
      windows, images: request.inputSizes(0), filters: request.inputSizes(1),
      type: request.inputs[0].dataType
    ).resultKernel()
  }

  public func cost(_ request: KernelRequest) -> Cost {
    windows.cost(
      request, .full, filters: request.inputSizes(1), results: request.outputSizes())
  }

  @_optimize(none)
  public static var samples: [Sample] {
    ConvolutionSample.full.map { $0.sample(Conv2D.self, [$0.images, $0.filters]) } + [
      Sample(
        "larger than a tile", Conv2D(.init(strides: 1, padding: .same)),
        [.sample([2, 30, 31, 3]), .sample([7, 5, 3, 33], seed: 2)], differentiable: false),
      Sample(
        failing: "a matrix of filters", Conv2D(), [.sample([1, 3, 3, 2]), .sample([2, 4])],
        message: "filter must have rank 4, but it is Float64[2, 4]"),
      Sample(
        failing: "a matrix of pixels", Conv2D(), [.sample([3, 3]), .sample([2, 2, 1, 4])],
        message: "input must have rank 4, but it is Float64[3, 3]"),
      Sample(
        failing: "another number of channels", Conv2D(),
        [.sample([1, 3, 3, 3]), .sample([2, 2, 2, 4])],
        message: "input Float64[1, 3, 3, 3] has 3 channels, which is no multiple of the 2 that"
          + " filter Float64[2, 2, 2, 4] has"),
      Sample(
        failing: "filters that groups cannot share", Conv2D(),
        [.sample([1, 3, 3, 4]), .sample([2, 2, 2, 3])],
        message: "input Float64[1, 3, 3, 4] has 2 groups of channels, which cannot share the 3"
          + " filters of filter Float64[2, 2, 2, 3]"),
      Sample(
        failing: "a window larger than the image", Conv2D(),
        [.sample([1, 3, 3, 2]), .sample([5, 2, 2, 4])],
        message:
          "along the height, a window that reaches over 5 is larger than the 3 that the image"
          + " has with its padding"),
      Sample(
        failing: "no stride", Conv2D(.init(strides: [1, 0], padding: .same)),
        [.sample([1, 3, 3, 2]), .sample([2, 2, 2, 4])],
        message: "strides must be [1, down, across, 1], each above 0, but it is [1, 1, 0, 1]"),
      Sample(
        failing: "a stride from image to image",
        Conv2D(.init(strides: [2, 1, 1, 1], padding: .same, dataFormat: .nchw)),
        [.sample([1, 2, 3, 3]), .sample([2, 2, 2, 4])],
        message: "strides must be [1, 1, down, across], each above 0, but it is [2, 1, 1, 1]"),
      Sample(
        failing: "three dilations",
        Conv2D(.init(strides: 1, padding: .same, dilations: [1, 2, 3])),
        [.sample([1, 3, 3, 2]), .sample([2, 2, 2, 4])],
        message: "dilations must be [1, down, across, 1], each above 0, but it is [1, 2, 3]"),
      Sample(
        failing: "paddings beside .same",
        Conv2D(.init(strides: 1, padding: .same, explicitPaddings: [1, 0, 1, 0])),
        [.sample([1, 3, 3, 2]), .sample([2, 2, 2, 4])],
        message: "explicitPaddings goes with the padding .explicit, but that is .same"),
      Sample(
        failing: "a padding below 0",
        Conv2D(.init(strides: 1, padding: .explicit, explicitPaddings: [1, -1, 0, 0])),
        [.sample([1, 3, 3, 2]), .sample([2, 2, 2, 4])],
        message: "explicitPaddings must be [top, bottom, left, right], none below 0, but it is"
          + " [0, 0, 1, -1, 0, 0, 0, 0]"),
    ]
  }
}

/// For each window on an image, and each filter, the sum of products of their elements.
///
/// ```swift
/// let features = conv2D(images, filters, strides: 2, padding: .same)
/// ```
/// - Parameters:
///   - input: Images: batch, height, width, channels; or batch, channels, height, width.
///   - filter: Filters of the same type: height, width, channels, filters. Where the images have
///     several times as many channels, these are groups that have equal parts of the filters.
///   - strides: The steps from window to window: one number, or one for height and width each.
///   - padding: Whether windows may lie beyond the border, where zeros stand.
///   - explicitPaddings: How far the image is extended above, below, left and right, for
///     `.explicit`.
///   - dilations: The steps within a window: one number, or one for height and width each.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value with a channel for each filter, and an element for each window.
public func conv2D(
  _ input: Value, _ filter: Value, strides: PerAxis = 1, padding: Padding = .valid,
  explicitPaddings: [Int] = [], dilations: PerAxis = 1, dataFormat: DataFormat = .nhwc,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = ConvolutionWindows(
    strides: strides, padding: padding, explicitPaddings: explicitPaddings, dilations: dilations,
    dataFormat: dataFormat)
  return input.graph.append(
    Conv2D(windows), [input, filter], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
