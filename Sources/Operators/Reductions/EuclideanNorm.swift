import CKernels
import GraphIR
import Tensors

/// The square root of the sum of squares over some axes.
public struct EuclideanNorm: Reduction {
  public static let name = "EuclideanNorm"
  public static let summary = "The square root of the sum of squares over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("euclideanNorm")

  /// Whether an axis that is summed over stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  // ∂ ‖x‖ = x / ‖x‖.
  public static let gradient = GradientRule.rule { g in
    let share = keepingAxes(g.outputGradient / g.output, of: g)
    return [g.x * share, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: FoldLoop(
      staticgraph_square_sum_float32_rows, staticgraph_square_sum_float32_columns,
      foldedByteCount: 8, combine: staticgraph_sum_float64_columns,
      finish: staticgraph_square_root_float32),
    .float64: FoldLoop(
      staticgraph_square_sum_float64_rows, staticgraph_square_sum_float64_columns,
      combine: staticgraph_sum_float64_columns, finish: staticgraph_square_root_float64),
    .int32: FoldLoop(
      staticgraph_square_sum_int32_rows, staticgraph_square_sum_int32_columns,
      foldedByteCount: 8, combine: staticgraph_sum_int64_columns,
      finish: staticgraph_square_root_int32),
    .int64: FoldLoop(
      staticgraph_square_sum_int64_rows, staticgraph_square_sum_int64_columns,
      combine: staticgraph_sum_int64_columns, finish: staticgraph_square_root_int64),
    .uint8: FoldLoop(
      staticgraph_square_sum_uint8_rows, staticgraph_square_sum_uint8_columns,
      foldedByteCount: 8, combine: staticgraph_sum_int64_columns,
      finish: staticgraph_square_root_uint8),
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    reductionSamples(EuclideanNorm.self) + [
      Sample(
        "of nothing", EuclideanNorm(), [.sample([0, 2]), Tensor([Int32(0)])],
        differentiable: false)
    ]
  }
}

/// The square root of the sum of squares over some axes.
///
/// The root of integers drops its fraction. The gradient at 0 is NaN.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to sum over, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: The lengths, of the type of `input`.
public func euclideanNorm(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  EuclideanNorm(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The square root of the sum of squares over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func euclideanNorm(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  EuclideanNorm(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
