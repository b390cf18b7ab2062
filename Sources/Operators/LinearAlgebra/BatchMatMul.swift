import GraphIR
import Tensors

/// Products of the matrices in the last two axes, as older files give them; nothing broadcasts.
public struct BatchMatMul: BatchMatrixOperator {
  public static let name = "BatchMatMul"
  public static let summary =
    "Products of the matrices in the last two axes, without broadcasting."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("output", "T")],
    types: ["T": [.bfloat16, .float16, .float32, .float64, .int32, .int64]])
  public static let attributes: [Attribute<BatchMatMul>] = flags
  static let broadcasts = false
  public static let function: GraphFunction? = nil

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
    commonSamples
  }
}
