import GraphIR
import Tensors

/// The product of the rows of a tensor for each segment of rows that follow each other.
public struct SegmentProd: SortedSegments {
  public static let name = "SegmentProd"
  public static let summary =
    "The product of the rows of a tensor for each segment of rows that follow each other."
  public static let signature = segmentSignature

  public init() {}

  public static let gradient = GradientRule.rule { g in [SegmentGradients(g).ofProduct, nil] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try segmentKernel(request, SegmentFolds.prod)
  }

  public static let samples = sortedSegmentSamples(SegmentProd())
}

/// The product of the rows of a tensor for each segment of rows that follow each other.
///
/// - Parameters:
///   - data: Numbers of rank 1 or more.
///   - ids: For each row of `data`, the number of its segment, `Int32` or `Int64`; they are at
///     least 0 and never fall.
/// - Returns: A row for each number up to the last of `ids`; ones for a segment without rows.
public func segmentProd(
  _ data: Value, ids: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  data.graph.append(
    SegmentProd(), [data, ids], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
