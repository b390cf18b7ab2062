import CKernels
import GraphIR
import Tensors

/// Whether all elements over some axes are true.
public struct All: Reduction {
  public static let name = "All"
  public static let summary = "Whether all elements over some axes are true."
  public static let signature = truthSignature
  public static let function: GraphFunction? = reductionFunction("all")
  public static let gradient = GradientRule.none(because: "truth values have no derivative")

  /// Whether an axis that is searched stays, with size 1.
  public var keepsDimensions = false

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try foldingKernel(request, Self.loops)
  }

  static let loops: FoldLoops = [
    .bool: FoldLoop(
      staticgraph_all_truth_rows, staticgraph_all_truth_columns, from: .init(true))
  ]

  public static let samples = truthSamples(All.self)
}

/// Whether all elements over some axes are true.
///
/// - Parameters:
///   - input: Truth values.
///   - axes: The axes to search, negative ones counted from the end; all of them without it.
///   - keepDimensions: Whether such an axis stays, with size 1.
/// - Returns: Truth values; true where there is nothing to search.
public func all(
  _ input: Value, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  All(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}

/// The same over axes that the graph computes.
///
/// - Parameters:
///   - input: Truth values.
///   - axes: A scalar or vector of axes, `Int32` or `Int64`.
///   - keepDimensions: Whether such an axis stays, with size 1.
public func all(
  _ input: Value, axes: Value, keepDimensions: Bool = false, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  All(keepsDimensions: keepDimensions).applied(
    to: input, axes: axes, name: name, origin: Origin(fileID: fileID, line: line))
}
