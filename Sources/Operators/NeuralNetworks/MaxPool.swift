import GraphIR
import Tensors

/// The greatest element of each window of images.
public struct MaxPool: PoolingOperator {
  public static let name = "MaxPool"
  public static let summary = "The greatest element of each window of images."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": .numeric])
  public static let attributes: [Attribute<MaxPool>] =
    windowAttributes + [explicitPaddingsAttribute, dataFormatAttribute]
  public static let function: GraphFunction? = poolingFunction("maxPool")

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try foldedShape(request, named: "input")]
  }

  // What flows into a window goes to its greatest element.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: MaxPool.self).windows
    return [MaxPoolGrad(windows).applied(to: g.x, g.output, g.outputGradient)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingKernel(request, windows, maxPoolLoops)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows, of: request.outputs[0])
  }

  private static func failing(
    _ label: String, _ windows: PoolingWindows, _ message: String, sizes: [Int] = [1, 4, 4, 1]
  ) -> Sample {
    Sample(failing: label, MaxPool(windows), [.sample(sizes)], message: message)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    (PoolingCase.all + PoolingCase.explicit).map {
      Sample($0.label, MaxPool($0.windows), [$0.images])
    }
      + PoolingCase.large.map {
        Sample($0.label, MaxPool($0.windows), [$0.images], differentiable: false)
      } + [
        failing(
          "a matrix", .init(), "input must have rank 4, but it is Float64[4, 4]", sizes: [4, 4]),
        failing(
          "two sizes", .init(sizes: [2, 2]),
          "size must be [1, height, width, 1], each above 0, but it is [2, 2]"),
        failing(
          "no stride", .init(strides: [1, 1, 0, 1], dataFormat: .nchw),
          "strides must be [1, 1, height, width], each above 0, but it is [1, 1, 0, 1]"),
        failing(
          "channels", .init(sizes: [1, 2, 2, 3]),
          "size must be 1 for batch and channels, as in [1, 2, 2, 1], but it is [1, 2, 2, 3]"),
        failing(
          "a large window", .init(sizes: [1, 6, 1, 1]),
          "along the height, a window that reaches over 6 is larger than the 4 that the image has"
            + " with its padding"),
        failing(
          "paddings that do not count", .init(explicitPaddings: [0, 0, 1, 1, 0, 0, 0, 0]),
          "explicitPaddings must be empty where padding is .valid, but it is"
            + " [0, 0, 1, 1, 0, 0, 0, 0]"),
        failing(
          "too few paddings", .init(padding: .explicit, explicitPaddings: [1, 1]),
          "explicitPaddings must be [top, bottom, left, right], but it is [1, 1]"),
        failing(
          "a window in the padding",
          .init(
            sizes: [1, 2, 2, 1], padding: .explicit, explicitPaddings: [0, 0, 1, 2, 0, 0, 0, 0]),
          "explicitPaddings must be from 0 to 1 on axis 1, less than a window's size, but it is"
            + " [0, 0, 1, 2, 0, 0, 0, 0]"),
      ]
  }
}

/// The greatest element of each window of images.
///
/// ```swift
/// let pooled = maxPool(features, size: 2)
/// ```
/// - Parameters:
///   - input: Images of numbers: batch, height, width, channels, or as `dataFormat` says. Where a
///     window holds NaN, so does the result.
///   - size: The size of a window: one number, or one for height and width each.
///   - strides: The steps from window to window, likewise; without them, windows lie side by side.
///   - padding: Whether windows may lie beyond the border, where nothing counts.
///   - explicitPaddings: For `.explicit`, how far windows go beyond the border above, below, left
///     and right, less than their size.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the type of `input`, with an element for each window and channel.
public func maxPool(
  _ input: Value, size: PerAxis, strides: PerAxis? = nil, padding: Padding = .valid,
  explicitPaddings: [Int] = [],
  dataFormat: DataFormat = .nhwc, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = PoolingWindows(
    size: size, strides: strides, padding: padding, explicitPaddings: explicitPaddings,
    dataFormat: dataFormat)
  return input.graph.append(
    MaxPool(windows), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
