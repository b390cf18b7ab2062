import GraphIR
import Tensors

/// What flows back through the greatest elements of windows, of sizes that are inputs.
public struct MaxPoolGradV2: PoolingGradient {
  public static let name = "MaxPoolGradV2"
  public static let summary =
    "What flows back through the greatest elements of windows, of sizes that are inputs."
  public static let signature = Signature.poolingGradient(.numeric, takesSizes: true)
  public static let attributes: [Attribute<MaxPoolGradV2>] = [
    paddingAttribute, dataFormatAttribute,
  ]
  public static let shapeInputs = [3, 4]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try imagesShape(request, sizes: 3)]
  }

  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[2] else { return [nil, nil, nil, nil, nil] }
    let gradient = MaxPoolGradGradV2(g.operation(as: MaxPoolGradV2.self).windows)
      .applied(to: g.x, g.y, g.outputGradient, g.inputs[3], g.inputs[4])
    return [nil, nil, gradient, nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingGradientKernel(
      request, windows(request, sizes: 3), maxPoolGradLoops, images: 0, flow: 2)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows(request, sizes: 3), of: request.inputs[2])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    poolingGradientSamples(MaxPoolGradV2.self, PoolingCase.all, takesSizes: true) { $0.flow } + [
      Sample(
        failing: "another number of windows", MaxPoolGradV2(),
        [
          .sample([1, 3, 3, 1]), .sample([1, 2, 2, 1]), .sample([1, 3, 2, 1]),
          Tensor([Int32(1), 2, 2, 1]), Tensor([Int32(1), 1, 1, 1]),
        ], message: "grad is Float64[1, 3, 2, 1], but there are windows of shape [1, 2, 2, 1]")
    ]
  }
}
