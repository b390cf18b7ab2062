import CKernels
import GraphIR
import Tensors

/// The sum over some axes.
public struct Sum: Reduction {
  public static let name = "Sum"
  public static let summary = "The sum over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("sum")

  /// Whether a summed axis stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  // ∂ Σ x = Σ ∂x: what flows back goes to each of the elements that were added.
  public static let gradient = GradientRule.rule { g in
    [spread(g.outputGradient, overAxesOf: g), nil]
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: FoldLoop(staticgraph_sum_float32_rows, staticgraph_sum_float32_columns),
    .float64: FoldLoop(staticgraph_sum_float64_rows, staticgraph_sum_float64_columns),
    .int32: FoldLoop(staticgraph_sum_int32_rows, staticgraph_sum_int32_columns),
    .int64: FoldLoop(staticgraph_sum_int64_rows, staticgraph_sum_int64_columns),
    .uint8: FoldLoop(staticgraph_sum_uint8_rows, staticgraph_sum_uint8_columns),
  ]

  public static let samples = reductionSamples(Sum.self)
}

/// The sum over some axes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to sum over, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether a summed axis stays, with size 1.
/// - Returns: The sums, of the type of `input`.
public func sum(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Sum(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The sum over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether a summed axis stays, with size 1.
public func sum(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Sum(keepsDimensions: keepDimensions), [input, axes], name: name,
    origin: Origin(fileID: fileID, line: line)
  ).output
}
