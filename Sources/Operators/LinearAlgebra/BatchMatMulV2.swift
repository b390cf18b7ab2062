import GraphIR
import Tensors

/// Products of the matrices in the last two axes; the axes before them broadcast.
public struct BatchMatMulV2: BatchMatrixOperator {
  public static let name = "BatchMatMulV2"
  public static let summary =
    "Products of the matrices in the last two axes; the axes before them broadcast."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("output", "T")],
    types: [
      "T": [
        .bfloat16, .float16, .float32, .float64, .int16, .int32, .int64, .uint8, .uint16, .uint32,
        .uint64,
      ]
    ])
  public static let attributes: [Attribute<BatchMatMulV2>] = flags
  static let broadcasts = true
  public static let function: GraphFunction? = .derived(
    from: BatchMatMulV2.self, named: "batchMatmul")

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
    commonSamples + broadcastingSamples
  }
}

/// Products of the matrices in the last two axes; the axes before them broadcast.
///
/// ```swift
/// let scores = batchMatmul(queries, keys, transposeY: true)
/// ```
/// - Parameters:
///   - x: Matrices, […, rows, inner], or […, inner, rows] when they are transposed.
///   - y: Matrices of the same type, […, inner, columns], or […, columns, inner].
///   - transposeX: Whether the matrices of x are transposed first; nothing is copied for it.
///   - transposeY: Whether the matrices of y are transposed first; nothing is copied for it.
/// - Returns: Matrices, […, rows, columns].
public func batchMatmul(
  _ x: Value, _ y: Value, transposeX: Bool = false, transposeY: Bool = false,
  name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(
    BatchMatMulV2(transposeX: transposeX, transposeY: transposeY), [x, y], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
