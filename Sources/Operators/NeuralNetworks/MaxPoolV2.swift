import GraphIR
import Tensors

/// The greatest element of each window of images, of sizes that are inputs.
public struct MaxPoolV2: PoolingOperator {
  public static let name = "MaxPoolV2"
  public static let summary =
    "The greatest element of each window of images, of sizes that are inputs."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("ksize", .fixed(.int32)), .init("strides", .fixed(.int32)),
    ],
    outputs: [.init("output", "T")], types: ["T": .numeric])
  public static let attributes: [Attribute<MaxPoolV2>] = [paddingAttribute, dataFormatAttribute]
  public static let shapeInputs = [1, 2]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try foldedShape(request, named: "input", sizes: 1)]
  }

  public static let gradient = GradientRule.rule { g in
    let gradient = MaxPoolGradV2(g.operation(as: MaxPoolV2.self).windows)
      .applied(to: g.x, g.output, g.outputGradient, g.inputs[1], g.inputs[2])
    return [gradient, nil, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingKernel(request, windows(request, sizes: 1), maxPoolLoops)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows(request, sizes: 1), of: request.outputs[0])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    PoolingCase.all.map {
      Sample($0.label, MaxPoolV2($0.windows.withoutSizes), [$0.images] + $0.sizeInputs)
    } + [
      Sample(
        failing: "three sizes", MaxPoolV2(),
        [.sample([1, 3, 3, 1]), Tensor([Int32(1), 2, 2]), Tensor([Int32(1), 1, 1, 1])],
        message: "size must be [1, height, width, 1], each above 0, but it is [1, 2, 2]"),
      Sample(
        failing: "one stride", MaxPoolV2(),
        [.sample([1, 3, 3, 1]), Tensor([Int32(1), 2, 2, 1]), Tensor(Int32(1))],
        message: "strides must have rank 1, but it is Int32"),
    ]
  }
}
