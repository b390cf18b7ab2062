import GraphIR
import Tensors

/// The sum over all axes but that of the channels: the gradient of the bias of `BiasAdd`.
public struct BiasAddGrad: Operator {
  public static let name = "BiasAddGrad"
  public static let summary = "The sum over all axes but that of the channels."
  public static let signature = Signature(
    inputs: [.init("out_backprop", "T")], outputs: [.init("output", "T")], types: ["T": .numeric])
  public static let attributes: [Attribute<BiasAddGrad>] = [
    .init("data_format", \.dataFormat, "Where the axis of the channels stands.")
  ]
  public static let function: GraphFunction? = nil
  public static let traits: OperatorTraits = .folds

  /// Where the axis of the channels stands.
  public var dataFormat = DataFormat.nhwc

  public init() {}

  /// A sum for the channels of that format.
  public init(_ dataFormat: DataFormat) {
    self.dataFormat = dataFormat
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try dataFormat.requireRank(request, named: "out_backprop")
    guard let rank = request.shape(0).rank else { return [.unknown(rank: 1)] }
    return [Shape(dimensions: [request.shape(0)[dataFormat.channelAxis(rank: rank)]])]
  }

  // Each element has its part in the sum of its channel.
  public static let gradient = GradientRule.rule { g in
    let format = g.operation(as: BiasAddGrad.self).dataFormat
    return [biasAdd(zeros(like: g.x), g.outputGradient, dataFormat: format)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let rank = request.inputSizes(0).count
    let others = (0..<rank).filter { $0 != dataFormat.channelAxis(rank: rank) }
    return try foldingKernel(request, Sum.loops, axes: others)
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", BiasAddGrad(), [.sample([2, 3])]),
      Sample("images", BiasAddGrad(), [.sample([2, 2, 3, 2])]),
      Sample("images, channels second", BiasAddGrad(.nchw), [.sample([2, 3, 2, 2])]),
      Sample("nothing", BiasAddGrad(), [.sample([0, 3])]),
      Sample(
        failing: "a vector", BiasAddGrad(), [.sample([3])],
        message: "out_backprop must have at least rank 2, but it is Float64[3]"),
    ]
  }
}

/// The sum of a gradient over all axes but that of the channels.
func biasAddGradient(_ gradient: Value, _ dataFormat: DataFormat) -> Value {
  gradient.graph.append(BiasAddGrad(dataFormat), [gradient], origin: .unknown).output
}
