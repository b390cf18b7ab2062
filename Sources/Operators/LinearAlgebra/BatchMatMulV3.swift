import GraphIR
import Tensors

/// Products of the matrices in the last two axes, with a type of result that is stated.
public struct BatchMatMulV3: BatchMatrixOperator {
  public static let name = "BatchMatMulV3"
  public static let summary =
    "Products of the matrices in the last two axes, with a type of result that is stated."
  public static let signature = Signature(
    inputs: [.init("x", "Ta"), .init("y", "Tb")], outputs: [.init("output", "Tout")],
    types: [
      "Ta": [.bfloat16, .float16, .float32, .float64, .uint8, .int8, .int16, .int32, .int64],
      "Tb": [.bfloat16, .float16, .float32, .float64, .uint8, .int8, .int16, .int32, .int64],
      "Tout": [.bfloat16, .float16, .float32, .float64, .int16, .int32, .int64],
    ])
  public static let attributes: [Attribute<BatchMatMulV3>] =
    [
      .init(
        "Tout", \.resultType, "The type of the result.", isArgument: false, isRequired: true)
    ] + flags
  static let broadcasts = true
  public static let function: GraphFunction? = nil

  /// The type of the result.
  public var resultType = DataType.float32
  /// Whether the matrices of x are transposed first.
  public var transposeX = false
  /// Whether the matrices of y are transposed first.
  public var transposeY = false
  /// A hint for TensorFlow's own compiler, which changes no result.
  public var isGradientOfX = false
  /// A hint for TensorFlow's own compiler, which changes no result.
  public var isGradientOfY = false

  public init() {}

  @_optimize(none)
  public static var samples: [Sample] {
    (commonSamples + broadcastingSamples).map { sample in
      var copy = sample
      copy.operation = stating(.float64, sample.operation)
      copy.triesEveryType = false
      return copy
    } + [
      Sample(
        "in Float32", stating(.float32, Self()),
        [
          try! Tensor([Float(1), 2, 3], dimensions: [1, 3]),
          try! Tensor([Float(5), 6, 7], dimensions: [3, 1]),
        ], everyType: false, differentiable: false)
    ]
  }

  private static func stating(_ type: DataType, _ operation: any Operator) -> BatchMatMulV3 {
    var copy = operation as! BatchMatMulV3
    copy.resultType = type
    return copy
  }
}
