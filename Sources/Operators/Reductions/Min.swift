import CKernels
import GraphIR
import Tensors

/// The smallest element over some axes.
public struct Min: Reduction {
  public static let name = "Min"
  public static let summary = "The smallest element over some axes."
  public static let signature = reductionSignature(.numeric)
  public static let function: GraphFunction? = reductionFunction("min")

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
      staticgraph_min_float32_rows, staticgraph_min_float32_columns, from: .init(Float.infinity)),
    .float64: FoldLoop(
      staticgraph_min_float64_rows, staticgraph_min_float64_columns, from: .init(Double.infinity)),
    .int32: FoldLoop(
      staticgraph_min_int32_rows, staticgraph_min_int32_columns, from: .init(Int32.max)),
    .int64: FoldLoop(
      staticgraph_min_int64_rows, staticgraph_min_int64_columns, from: .init(Int64.max)),
    .uint8: FoldLoop(
      staticgraph_min_uint8_rows, staticgraph_min_uint8_columns, from: .init(UInt8.max)),
  ]

  public static let samples = reductionSamples(Min.self) + extremeSamples(Min())
}

/// The smallest element over some axes.
///
/// NaN where one of the elements is NaN. The smallest of nothing is ∞, or the largest number of an
/// integer type. Where several elements are equally small, each has an equal part in the gradient.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: The axes to search, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: The smallest elements, of the type of `input`.
public func min(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Min(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The smallest element over axes that the graph computes.
///
/// - Parameters:
///   - input: Numbers.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func min(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  Min(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
