import GraphIR
import Tensors

/// The mean of the rows of a tensor for each segment of rows that follow each other.
public struct SegmentMean: SortedSegments {
  public static let name = "SegmentMean"
  public static let summary =
    "The mean of the rows of a tensor for each segment of rows that follow each other."
  public static let signature = segmentSignature

  public init() {}

  public static let gradient = GradientRule.rule { g in [SegmentGradients(g).ofMean, nil] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try segmentKernel(request, SegmentFolds.mean)
  }

  public static let samples = sortedSegmentSamples(SegmentMean())
}

/// The mean of the rows of a tensor for each segment of rows that follow each other.
///
/// - Parameters:
///   - data: Numbers of rank 1 or more.
///   - ids: For each row of `data`, the number of its segment, `Int32` or `Int64`; they are at
///     least 0 and never fall.
/// - Returns: A row for each number up to the last of `ids`; zeros for a segment without rows.
public func segmentMean(
  _ data: Value, ids: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  data.graph.append(
    SegmentMean(), [data, ids], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
