import GraphIR
import Tensors

/// What flows back through the greatest elements of windows, to the first of each.
public struct MaxPoolGrad: PoolingGradient {
  public static let name = "MaxPoolGrad"
  public static let summary =
    "What flows back through the greatest elements of windows, to the first of each."
  public static let signature = Signature.poolingGradient(.numeric)
  public static let attributes: [Attribute<MaxPoolGrad>] =
    windowAttributes + [explicitPaddingsAttribute, dataFormatAttribute]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try imagesShape(request)]
  }

  // The images only choose the element that a number goes to, and that it comes from again.
  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[2] else { return [nil, nil, nil] }
    var windows = g.operation(as: MaxPoolGrad.self).windows
    var (images, flow) = (g.x, g.outputGradient)
    if windows.padding == .explicit {
      let pairs = PaddingWidths.pairs(windows.explicitPaddings).map { [$0.before, $0.after] }
      images = pad(images, paddings: pairs, value: -.infinity)
      flow = pad(flow, paddings: pairs)
      (windows.padding, windows.explicitPaddings) = (.valid, [])
    }
    return [nil, nil, MaxPoolGradGrad(windows).applied(to: images, g.y, flow)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingGradientKernel(request, windows, maxPoolGradLoops, images: 0, flow: 2)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows, of: request.inputs[2])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    poolingGradientSamples(MaxPoolGrad.self, PoolingCase.all + PoolingCase.explicit) { $0.flow } + [
      Sample(
        failing: "another number of windows", MaxPoolGrad(PoolingWindows(sizes: [1, 2, 2, 1])),
        [.sample([1, 3, 3, 1]), .sample([1, 2, 2, 1]), .sample([1, 3, 2, 1])],
        message: "grad is Float64[1, 3, 2, 1], but there are windows of shape [1, 2, 2, 1]")
    ]
  }
}
