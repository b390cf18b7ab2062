import CKernels
import GraphIR
import Tensors

/// What flows back through the means of windows, in equal parts to all elements of each.
public struct AvgPoolGrad: PoolingOperator {
  public static let name = "AvgPoolGrad"
  public static let summary =
    "What flows back through the means of windows, in equal parts to all elements of each."
  public static let signature = Signature(
    inputs: [.init("orig_input_shape", .fixed(.int32)), .init("grad", "T")],
    outputs: [.init("output", "T")], types: ["T": .floatingPoint])
  public static let attributes: [Attribute<AvgPoolGrad>] = windowAttributes + [dataFormatAttribute]
  public static let shapeInputs = [0]
  public static let function: GraphFunction? = nil

  public var windows = PoolingWindows()

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 0, named: "orig_input_shape")
    try windows.check(takesExplicit: false)
    let images = try statedShape(request, 0, named: "orig_input_shape")
    if let rank = images.rank, rank != 4 {
      throw ShapeError("orig_input_shape must hold four sizes, but it holds \(rank)")
    }
    let pooled = try windows.pooledShape(of: images)
    guard pooled.isCompatible(with: request.shape(1)) else {
      throw ShapeError(
        "grad is \(request.inputs[1]), but there are windows of shape \(pooled)")
    }
    return [images.rank == nil ? .unknown(rank: 4) : images]
  }

  public static let gradient = GradientRule.rule { g in
    let windows = g.operation(as: AvgPoolGrad.self).windows
    return [nil, AvgPool(windows).applied(to: g.outputGradient)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try poolingGradientKernel(
      request, windows,
      [
        .float32: staticgraph_average_pool_grad_float32,
        .float64: staticgraph_average_pool_grad_float64,
      ], images: nil, flow: 1)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    cost(request, windows, of: request.inputs[1])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    func inputs(_ pooling: PoolingCase) -> [Tensor] {
      [Tensor(pooling.sizes.map { Int32($0) }), pooling.flow]
    }
    return PoolingCase.all.map { Sample($0.label, AvgPoolGrad($0.windows), inputs($0)) }
      + PoolingCase.large.map {
        Sample($0.label, AvgPoolGrad($0.windows), inputs($0), differentiable: false)
      } + [
        Sample(
          failing: "another number of windows", AvgPoolGrad(PoolingWindows(sizes: [1, 2, 2, 1])),
          [Tensor([Int32(1), 3, 3, 1]), .sample([1, 3, 2, 1])],
          message: "grad is Float64[1, 3, 2, 1], but there are windows of shape [1, 2, 2, 1]"),
        Sample(
          failing: "three sizes", AvgPoolGrad(),
          [Tensor([Int32(3), 3, 1]), .sample([1, 3, 3, 1])],
          message: "orig_input_shape must hold four sizes, but it holds 3"),
      ]
  }
}
