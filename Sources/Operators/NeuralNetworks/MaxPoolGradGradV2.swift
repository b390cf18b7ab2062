import GraphIR
import Tensors

/// For each window of images, of sizes that are inputs, the element of others where it is greatest.
public struct MaxPoolGradGradV2: PoolingGradient {
  public static let name = "MaxPoolGradGradV2"
  public static let summary =
    "For each window of images, of sizes that are inputs, the element of others where it is"
    + " greatest."
  public static let signature = Signature.poolingGradient(.numeric, takesSizes: true)
  public static let attributes: [Attribute<MaxPoolGradGradV2>] = [
    paddingAttribute, dataFormatAttribute,
  ]
  public static let shapeInputs = [3, 4]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try choiceShape(request, sizes: 3)]
  }

  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[2] else { return [nil, nil, nil, nil, nil] }
    let gradient = MaxPoolGradV2(g.operation(as: MaxPoolGradGradV2.self).windows)
      .applied(to: g.x, g.y, g.outputGradient, g.inputs[3], g.inputs[4])
    return [nil, nil, gradient, nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingKernel(request, windows(request, sizes: 3), maxPoolGradGradLoops, choices: 2)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows(request, sizes: 3), of: request.outputs[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    poolingGradientSamples(MaxPoolGradGradV2.self, PoolingCase.all, takesSizes: true) {
      $0.otherImages
    } + [
      Sample(
        failing: "other images", MaxPoolGradGradV2(),
        [
          .sample([1, 3, 3, 1]), .sample([1, 2, 2, 1]), .sample([1, 3, 2, 1]),
          Tensor([Int32(1), 2, 2, 1]), Tensor([Int32(1), 1, 1, 1]),
        ], message: "grad is Float64[1, 3, 2, 1], but orig_input is Float64[1, 3, 3, 1]")
    ]
  }
}
