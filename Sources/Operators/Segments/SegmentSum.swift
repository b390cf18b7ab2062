import GraphIR
import Tensors

/// The sum of the rows of a tensor for each segment of rows that follow each other.
public struct SegmentSum: SortedSegments {
  public static let name = "SegmentSum"
  public static let summary =
    "The sum of the rows of a tensor for each segment of rows that follow each other."
  public static let signature = segmentSignature

  public init() {}

  public static let gradient = GradientRule.rule { g in [SegmentGradients(g).ofSum, nil] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try segmentKernel(request, SegmentFolds.sum)
  }

  public static let samples = sortedSegmentSamples(SegmentSum())
}

/// The sum of the rows of a tensor for each segment of rows that follow each other.
///
/// - Parameters:
///   - data: Numbers of rank 1 or more.
///   - ids: For each row of `data`, the number of its segment, `Int32` or `Int64`; they are at
///     least 0 and never fall.
/// - Returns: A row for each number up to the last of `ids`; zeros for a segment without rows.
public func segmentSum(
  _ data: Value, ids: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  data.graph.append(
    SegmentSum(), [data, ids], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
