import GraphIR
import Tensors

/// A number for each channel, added to all elements of the channel.
public struct BiasAdd: Operator {
  public static let name = "BiasAdd"
  public static let summary = "A number for each channel, added to all elements of the channel."
  public static let signature = Signature(
    inputs: [.init("value", "T"), .init("bias", "T")], outputs: [.init("output", "T")],
    types: ["T": .numeric])
  public static let attributes: [Attribute<BiasAdd>] = [
    .init("data_format", \.dataFormat, "Where the axis of the channels stands.")
  ]

  public static let traits: OperatorTraits = .elementwise

  /// Where the axis of the channels stands.
  public var dataFormat = DataFormat.nhwc

  public init() {}

  /// An addition to the channels of that format.
  public init(_ dataFormat: DataFormat) {
    self.dataFormat = dataFormat
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "bias")
    try dataFormat.requireRank(request, named: "value")
    let value = request.shape(0)
    guard let rank = value.rank else { return [.unknown] }
    let axis = dataFormat.channelAxis(rank: rank)
    let bias = request.shape(1)[0]
    if let channels = value[axis], let bias, channels != bias {
      throw ShapeError(
        "value is \(request.inputs[0]) with \(channels) channels, but bias is \(request.inputs[1])")
    }
    var dimensions = value.dimensions!
    dimensions[axis] = value[axis] ?? bias
    return [Shape(dimensions: dimensions)]
  }

  public static let gradient = GradientRule.rule { g in
    gradients(g, format: g.operation(as: BiasAdd.self).dataFormat)
  }

  /// The bias gathers what flows back into all elements of its channel.
  static func gradients(_ g: GradientContext, format: DataFormat) -> [Value?] {
    guard g.isNeeded[1] else { return [g.outputGradient, nil] }
    guard let rank = g.x.shape.rank else {
      return [g.outputGradient, biasAddGradient(g.outputGradient, format)]
    }
    let others = (0..<rank).filter { $0 != format.channelAxis(rank: rank) }
    return [g.outputGradient, sum(g.outputGradient, axes: others)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.inputSizes(0)
    let after = dataFormat == .nhwc ? 0 : sizes.count - 2
    let bias = request.inputSizes(1) + Array(repeating: 1, count: after)
    return try binaryKernel(request, AddV2.loops, sizes: [sizes, bias])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", BiasAdd(), [.sample([2, 3]), .sample([3], seed: 2)]),
      Sample("images", BiasAdd(), [.sample([2, 2, 3, 2]), .sample([2], seed: 2)]),
      Sample(
        "images, channels second", BiasAdd(.nchw), [.sample([2, 3, 2, 2]), .sample([3], seed: 2)]),
      Sample("nothing", BiasAdd(), [.sample([0, 3]), .sample([3], seed: 2)]),
      Sample(
        failing: "another number of channels", BiasAdd(), [.sample([2, 3]), .sample([2])],
        message: "value is Float64[2, 3] with 3 channels, but bias is Float64[2]"),
      Sample(
        failing: "a vector", BiasAdd(), [.sample([3]), .sample([3])],
        message: "value must have at least rank 2, but it is Float64[3]"),
      Sample(
        failing: "a matrix, channels second", BiasAdd(.nchw), [.sample([2, 3]), .sample([3])],
        message: "value must have at least rank 3, but it is Float64[2, 3]"),
      Sample(
        failing: "a matrix of biases", BiasAdd(), [.sample([2, 3]), .sample([1, 3])],
        message: "bias must have rank 1, but it is Float64[1, 3]"),
    ]
  }
}

/// A number for each channel, added to all elements of the channel.
///
/// - Parameters:
///   - value: Numbers, of rank 2 at least, or 3 where the channels stand second.
///   - bias: A vector of the same type with one number for each channel.
///   - dataFormat: Where the axis of the channels stands: last, or second.
/// - Returns: A value of the type and shape of `value`.
public func biasAdd(
  _ value: Value, _ bias: Value, dataFormat: DataFormat = .nhwc, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  value.graph.append(
    BiasAdd(dataFormat), [value, bias], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
