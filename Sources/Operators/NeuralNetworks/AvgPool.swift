import CKernels
import GraphIR
import Tensors

/// The mean of each window of images, of what lies inside.
public struct AvgPool: PoolingOperator {
  public static let name = "AvgPool"
  public static let summary = "The mean of each window of images, of what lies inside."
  public static let signature = Signature(
    inputs: [.init("value", "T")], outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let attributes: [Attribute<AvgPool>] = windowAttributes + [dataFormatAttribute]
  public static let function: GraphFunction? = poolingFunction("avgPool")

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try foldedShape(request, named: "value")]
  }

  // What flows into a window goes to all its elements in equal parts.
  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: AvgPool.self).windows
    return [AvgPoolGrad(windows).applied(to: shapeTensor(g.x), g.outputGradient)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingKernel(
      request, windows,
      [.float32: staticgraph_average_pool_float32, .float64: staticgraph_average_pool_float64])
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows, of: request.outputs[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    PoolingCase.all.map { Sample($0.label, AvgPool($0.windows), [$0.otherImages]) }
      + PoolingCase.large.map {
        Sample($0.label, AvgPool($0.windows), [$0.otherImages], differentiable: false)
      } + [
        Sample(
          failing: "explicit paddings", AvgPool(PoolingWindows(padding: .explicit)),
          [.sample([1, 3, 3, 1])], message: "padding must be .same or .valid, but it is .explicit"),
        Sample(
          failing: "a vector", AvgPool(), [.sample([3])],
          message: "value must have rank 4, but it is Float64[3]"),
      ]
  }
}

/// The mean of each window of images, of what lies inside.
///
/// ```swift
/// let pooled = avgPool(features, size: 2)
/// ```
/// - Parameters:
///   - value: Images of floating-point numbers: batch, height, width, channels, or as `dataFormat`
///     says.
///   - size: The size of a window: one number, or one for height and width each.
///   - strides: The steps from window to window, likewise; without them, windows lie side by side.
///   - padding: Whether windows may lie beyond the border, where nothing counts: `.same` or
///     `.valid`.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the type of `value`, with an element for each window and channel.
public func avgPool(
  _ value: Value, size: PerAxis, strides: PerAxis? = nil, padding: Padding = .valid,
  dataFormat: DataFormat = .nhwc,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  let windows = PoolingWindows(
    size: size, strides: strides, padding: padding, dataFormat: dataFormat)
  return value.graph.append(
    AvgPool(windows), [value], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
