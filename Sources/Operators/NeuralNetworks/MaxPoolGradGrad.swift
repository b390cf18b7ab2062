import GraphIR
import Tensors

/// For each window of images, the element of others where it is greatest.
public struct MaxPoolGradGrad: PoolingGradient {
  public static let name = "MaxPoolGradGrad"
  public static let summary =
    "For each window of images, the element of others where it is greatest."
  public static let signature = Signature.poolingGradient(.numeric)
  public static let attributes: [Attribute<MaxPoolGradGrad>] =
    windowAttributes + [dataFormatAttribute]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try choiceShape(request)]
  }

  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: MaxPoolGradGrad.self).windows
    return [
      nil, nil,
      g.isNeeded[2] ? MaxPoolGrad(windows).applied(to: g.x, g.y, g.outputGradient) : nil,
    ]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingKernel(request, windows, maxPoolGradGradLoops, choices: 2)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows, of: request.outputs[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    poolingGradientSamples(MaxPoolGradGrad.self, PoolingCase.all) { $0.otherImages } + [
      Sample(
        failing: "other images", MaxPoolGradGrad(PoolingWindows(sizes: [1, 2, 2, 1])),
        [.sample([1, 3, 3, 1]), .sample([1, 2, 2, 1]), .sample([1, 3, 2, 1])],
        message: "grad is Float64[1, 3, 2, 1], but orig_input is Float64[1, 3, 3, 1]"),
      Sample(
        failing: "explicit paddings", MaxPoolGradGrad(PoolingWindows(padding: .explicit)),
        [.sample([1, 3, 3, 1]), .sample([1, 3, 3, 1]), .sample([1, 3, 3, 1])],
        message: "padding must be .same or .valid, but it is .explicit"),
    ]
  }
}
