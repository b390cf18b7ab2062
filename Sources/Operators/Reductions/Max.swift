import CKernels
import GraphIR
import Tensors

/// The largest element over some axes.
public struct Max: Reduction {
  public static let name = "Max"
  public static let summary = "The largest element over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("max")

  /// Whether an axis that is searched stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  public static let gradient = GradientRule.rule { g in [extremeGradient(g), nil] }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .float32: FoldLoop(
      staticgraph_max_float32_rows, staticgraph_max_float32_columns, from: .init(-Float.infinity)),
    .float64: FoldLoop(
      staticgraph_max_float64_rows, staticgraph_max_float64_columns, from: .init(-Double.infinity)),
    .int32: FoldLoop(
      staticgraph_max_int32_rows, staticgraph_max_int32_columns, from: .init(Int32.min)),
    .int64: FoldLoop(
      staticgraph_max_int64_rows, staticgraph_max_int64_columns, from: .init(Int64.min)),
    .uint8: FoldLoop(
      staticgraph_max_uint8_rows, staticgraph_max_uint8_columns, from: .init(UInt8.min)),
  ]

  public static let samples = reductionSamples(Max.self) + extremeSamples(Max())
}

/// The largest element over some axes.
///
/// NaN where one of the elements is NaN. The largest of nothing is −∞, or the smallest number of an
/// integer type. Where several elements are equally large, each has an equal part in the gradient.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to search, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: The largest elements, of the type of `input`.
public func max(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Max(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The largest element over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func max(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Max(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
