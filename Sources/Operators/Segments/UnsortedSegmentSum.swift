import GraphIR
import Tensors

/// The sum of the rows of a tensor for each segment, in any order.
public struct UnsortedSegmentSum: UnsortedSegments {
  public static let name = "UnsortedSegmentSum"
  public static let summary = "The sum of the rows of a tensor for each segment, in any order."
  public static let signature = segmentSignature(ids: [.int16, .int32, .int64])

  public init() {}

  public static let gradient = GradientRule.rule { g in [SegmentGradients(g).ofSum, nil, nil] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try segmentKernel(request, SegmentFolds.sum)
  }

  public static let samples = unsortedSegmentSamples(UnsortedSegmentSum())
}

/// The sum of the rows of a tensor for each segment, in any order.
///
/// - Parameters:
///   - data: Numbers.
///   - ids: For each row of `data`, the number of its segment, `Int32` or `Int64`; the first sizes
///     of `data` are those of `ids`. A row with a negative number is left out; a number that is too
///     large makes the run throw.
///   - count: The number of segments.
/// - Returns: A row for each segment; zeros for one without rows.
public func unsortedSegmentSum(
  _ data: Value, ids: Value, count: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return data.graph.append(
    UnsortedSegmentSum(), [data, ids, sizeConstant(count, data.graph, origin)], name: name,
    origin: origin
  ).output
}

/// The same for a number of segments that the graph computes.
///
/// - Parameters:
///   - data: Numbers.
///   - ids: For each row of `data`, the number of its segment.
///   - count: A scalar, `Int32` or `Int64`.
public func unsortedSegmentSum(
  _ data: Value, ids: Value, count: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  data.graph.append(
    UnsortedSegmentSum(), [data, ids, count], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
