import CKernels
import GraphIR
import Tensors

/// Whether any element over some axes is true.
public struct AnyOperator: Reduction {
  public static let name = "Any"
  public static let summary = "Whether any element over some axes is true."
  public static let signature = truthSignature
  public static let function: GraphFunction? = reductionFunction("any")
  public static let gradient = GradientRule.none(because: "truth values have no derivative")

  /// Whether an axis that is searched stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .bool: FoldLoop(
      staticgraph_any_truth_rows, staticgraph_any_truth_columns, from: .init(false))
  ]

  public static let samples = truthSamples(AnyOperator.self)
}

/// Whether any element over some axes is true.
///
/// - Parameters:
///   - input: Truth values.
///   - axes: The axes to search, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: Truth values; false where there is nothing to search.
public func any(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  AnyOperator(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The same over axes that the graph computes.
///
/// - Parameters:
///   - input: Truth values.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func any(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  AnyOperator(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
