import CKernels
import GraphIR
import Tensors

/// The mean over some axes.
public struct Mean: Reduction {
  public static let name = "Mean"
  public static let summary = "The mean over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("mean")

  /// Whether an axis that the mean is taken over stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  // Each of the elements has its part in the mean, one divided by their number.
  public static let gradient = GradientRule.rule { g in
    let share = g.outputGradient / elementsPerResult(g)
    return [spread(share, overAxesOf: g), nil]
  }

  /// How many elements each result is the mean of, in the type of the results.
  private static func elementsPerResult(_ g: GradientContext) -> Value {
    if let all = g.x.shape.elementCount, let results = g.output.shape.elementCount {
      return g.output.scalar(Double(all / max(1, results)), origin: .unknown)
    }
    let type = g.output.dataType
    return cast(size(g.x, type: .int64), to: type) / cast(size(g.output, type: .int64), to: type)
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: FoldLoop(
      staticgraph_sum_float32_rows, staticgraph_sum_float32_columns,
      finish: staticgraph_mean_float32),
    .float64: FoldLoop(
      staticgraph_sum_float64_rows, staticgraph_sum_float64_columns,
      finish: staticgraph_mean_float64),
    .int32: FoldLoop(
      staticgraph_wide_sum_int32_rows, staticgraph_wide_sum_int32_columns, foldedByteCount: 8,
      combine: staticgraph_sum_int64_columns, finish: staticgraph_mean_int32),
    .int64: FoldLoop(
      staticgraph_sum_int64_rows, staticgraph_sum_int64_columns, finish: staticgraph_mean_int64),
    .uint8: FoldLoop(
      staticgraph_wide_sum_uint8_rows, staticgraph_wide_sum_uint8_columns, foldedByteCount: 8,
      combine: staticgraph_sum_int64_columns, finish: staticgraph_mean_uint8),
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    reductionSamples(Mean.self) + [
      Sample(
        "the mean of nothing", Mean(), [.sample([0, 2]), Tensor([Int32(0)])],
        differentiable: false),
      Sample(
        "sums larger than their type", Mean(),
        [Tensor([Int32.max, .max, .max]), Tensor([Int32(0)])], everyType: false,
        differentiable: false),
    ]
  }
}

/// The mean over some axes.
///
/// The mean of integers drops its fraction. The mean of nothing is NaN, or 0 for integers.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to take the mean over, negative ones counted from the end; all of them
///     without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: The means, of the type of `input`.
public func mean(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Mean(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The mean over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func mean(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Mean(keepsDimensions: keepDimensions), [input, axes], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
