import GraphIR
import Tensors

/// Normalises each channel of images by its mean and its variance.
public struct FusedBatchNormV3: BatchNormalizationForward {
  public static let name = "FusedBatchNormV3"
  public static let summary = "Normalises each channel of images by its mean and its variance."
  public static let signature = Signature.batchNormalization(
    channels: "U", reserves: 3, ["T": batchImageTypes, "U": [.bfloat16, .float32, .float64]])
  public static let function: GraphFunction? = {
    let whole = GraphFunction.derived(from: FusedBatchNormV3.self, named: "fusedBatchNorm")
    let parameters = whole.parameters.map {
      ["mean", "variance"].contains($0.name) ? .labelled($0.name, default: "[]") : $0
    }
    return GraphFunction(whole.name, parameters) { call in
      let type = try call.value("x").dataType
      var values: [String: Value] = [:]
      for name in ["scale", "offset", "mean", "variance"] {
        values[name] =
          call[name] == nil && (name == "mean" || name == "variance")
          ? call.graph.constant([] as Tensor, as: type, origin: call.origin)
          : try call.value(name, literalType: type)
      }
      return try whole.body(call.replacing(values))
    }
  }()

  public var normalization = BatchNormalization()

  public init() {}

  public static func appendGradient(
    _ normalization: BatchNormalization, _ inputs: [Value], reserved: [Value]
  ) -> GraphNode {
    inputs[0].graph.append(
      FusedBatchNormGradV3(normalization), inputs + reserved.prefix(1), origin: .unknown)
  }
}

/// Images with each channel normalised to mean 0 and variance 1, then scaled and moved:
/// (x − mean) / √(variance + epsilon) · scale + offset.
///
/// - Parameters:
///   - x: Images of floating-point numbers: batch, height, width, channels, or as `dataFormat`
///     says.
///   - scale: A vector with a factor for each channel.
///   - offset: A vector with what is added to each channel.
///   - mean: A vector with the mean of each channel. In training, what the mean of the batch is
///     averaged with; not needed where the batch's part is 1.
///   - variance: A vector with the variance of each channel, likewise.
///   - epsilon: What is added to variances, so that none is 0.
///   - exponentialAverageFactor: The part that the batch has in the averages.
///   - dataFormat: Where the axis of the channels stands: last, or second.
///   - isTraining: Whether `x` is normalised by the mean and variance of its own elements.
/// - Returns: The images, of the type and shape of `x`; then for each channel the mean and the
///   variance: where `isTraining`, those of the batch averaged with the given ones, where the
///   variance is Σ (x − mean)² divided by one less than their number; else the given ones.
public func fusedBatchNorm(
  _ x: Value, scale: Value, offset: Value, mean: Value? = nil, variance: Value? = nil,
  epsilon: Float = 0.0001, exponentialAverageFactor: Float = 1, dataFormat: DataFormat = .nhwc,
  isTraining: Bool = true, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> (y: Value, batchMean: Value, batchVariance: Value) {
  let origin = Origin(fileID: fileID, line: line)
  func moments(_ given: Value?) -> Value {
    given ?? x.graph.constant([] as Tensor, as: scale.isValid ? scale.dataType : .float32)
  }
  let operation = FusedBatchNormV3(
    BatchNormalization(
      epsilon: epsilon, averageFactor: exponentialAverageFactor, dataFormat: dataFormat,
      isTraining: isTraining))
  let node = x.graph.append(
    operation, [x, scale, offset, moments(mean), moments(variance)], name: name, origin: origin)
  return (node.output(0), node.output(1), node.output(2))
}
