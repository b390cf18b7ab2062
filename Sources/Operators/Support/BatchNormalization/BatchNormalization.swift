import GraphIR
import Tensors

/// How a batch of images is normalised.
public struct BatchNormalization: Hashable, Sendable {
  /// What is added to variances, so that none is 0.
  public var epsilon: Float = 0.0001
  /// The part that a batch has in running averages: 1 for the batch alone.
  public var averageFactor: Float = 1
  /// Where the axis of the channels stands.
  public var dataFormat = DataFormat.nhwc
  /// Whether mean and variance are those of the batch; else they are given.
  public var isTraining = true

  /// The defaults, or those.
  public init(
    epsilon: Float = 0.0001, averageFactor: Float = 1, dataFormat: DataFormat = .nhwc,
    isTraining: Bool = true
  ) {
    self.epsilon = epsilon
    self.averageFactor = averageFactor
    self.dataFormat = dataFormat
    self.isTraining = isTraining
  }
}

/// An operator that normalises images, or the gradient of one.
public protocol BatchNormalizing: Operator {
  /// How images are normalised.
  var normalization: BatchNormalization { get set }
}

extension BatchNormalizing {
  /// An operator that normalises so.
  public init(_ normalization: BatchNormalization) {
    self.init()
    self.normalization = normalization
  }

  static var epsilonAttribute: Attribute<Self> {
    .init("epsilon", \.normalization.epsilon, "What is added to variances, so that none is 0.")
  }

  static var averageFactorAttribute: Attribute<Self> {
    .init(
      "exponential_avg_factor", \.normalization.averageFactor,
      "The part that a batch has in running averages: 1 for the batch alone.",
      label: "exponentialAverageFactor")
  }

  static var formatAttributes: [Attribute<Self>] {
    [
      .init("data_format", \.normalization.dataFormat, "Where the axis of the channels stands."),
      .init(
        "is_training", \.normalization.isTraining,
        "Whether mean and variance are those of the batch; else they are given."),
    ]
  }

  /// The shapes of normalised images, and of what belongs to each of their channels.
  ///
  /// - Parameters:
  ///   - images: The inputs that are images.
  ///   - channels: The inputs that hold a number for each channel.
  /// - Throws: `ShapeError` when they do not fit together.
  func normalizedShapes(
    _ request: ShapeRequest, images: [Int], channels: [Int]
  ) throws -> (images: Shape, channels: Shape) {
    let names = Self.signature.inputs.map(\.displayName)
    var shape = Shape.unknown(rank: 4)
    for input in images {
      try request.require(rank: 4, of: input, named: names[input])
      guard let merged = shape.merged(with: request.shape(input)) else {
        throw ShapeError(
          "\(names[images[0]]) is \(request.inputs[images[0]]), but \(names[input]) is"
            + " \(request.inputs[input])")
      }
      shape = merged
    }
    let axis = normalization.dataFormat.channelAxis(rank: 4)
    var count = shape[axis]
    for input in channels {
      try request.require(rank: 1, of: input, named: names[input])
      guard let size = request.shape(input)[0] else { continue }
      if let count, size != count {
        throw ShapeError(
          "\(names[input]) is \(request.inputs[input]), but there are \(count) channels")
      }
      count = size
    }
    var dimensions = shape.dimensions!
    dimensions[axis] = count
    return (Shape(dimensions: dimensions), Shape(dimensions: [count]))
  }
}

extension Signature {
  /// Images of one type, what belongs to their channels of another or the same.
  static func batchNormalization(
    channels: Signature.TypeReference, reserves: Int, _ types: KeyValuePairs<String, TypeSet>
  ) -> Signature {
    let spaces = (1...reserves).map { Parameter("reserve_space_\($0)", channels) }
    return Signature(
      inputs: [
        .init("x", "T"), .init("scale", channels, label: "scale"),
        .init("offset", channels, label: "offset"), .init("mean", channels, label: "mean"),
        .init("variance", channels, label: "variance"),
      ],
      outputs: [
        .init("y", "T"), .init("batch_mean", channels), .init("batch_variance", channels),
      ] + spaces, types: types)
  }

  /// The same for the gradient.
  ///
  /// - Parameter reserves: How many of the outputs that an operator reserves are inputs.
  static func batchNormalizationGradient(
    channels: Signature.TypeReference, reserves: Int, _ types: KeyValuePairs<String, TypeSet>
  ) -> Signature {
    func space(_ number: Int) -> Parameter { Parameter("reserve_space_\(number)", channels) }
    return Signature(
      inputs: [.init("y_backprop", "T"), .init("x", "T"), .init("scale", channels)]
        + (1...reserves).map(space),
      outputs: [
        .init("x_backprop", "T"), .init("scale_backprop", channels),
        .init("offset_backprop", channels),
      ] + (reserves + 1...reserves + 2).map(space), types: types)
  }
}

/// The types of images that are stored, of which those that TensorFlow lacks are for checks.
let batchImageTypes: TypeSet = [.float16, .bfloat16, .float32, .float64]
