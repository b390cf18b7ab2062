import GraphIR
import Tensors

/// The largest elements among the rows of a tensor for each segment, in any order.
public struct UnsortedSegmentMax: UnsortedSegments {
  public static let name = "UnsortedSegmentMax"
  public static let summary =
    "The largest elements among the rows of a tensor for each segment, in any order."
  public static let signature = segmentSignature()

  public init() {}

  public static let gradient = GradientRule.rule { g in [SegmentGradients(g).ofExtreme, nil, nil] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try segmentKernel(request, SegmentFolds.max)
  }

  public static let samples = unsortedSegmentSamples(
    UnsortedSegmentMax(), missingIsHuge: true)
}

/// The largest elements among the rows of a tensor for each segment, in any order.
///
/// - Parameters:
///   - data: Numbers.
///   - ids: For each row of `data`, the number of its segment, `Int32` or `Int64`; the first sizes
///     of `data` are those of `ids`. A row with a negative number is left out; a number that is too
///     large makes the run throw.
///   - count: The number of segments.
/// - Returns: A row for each segment; the smallest finite numbers of the type for one without rows.
public func unsortedSegmentMax(
  _ data: Value, ids: Value, count: Int, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return data.graph.append(
    UnsortedSegmentMax(), [data, ids, sizeConstant(count, data.graph, origin)], name: name,
    origin: origin
  ).output
}

/// The same for a number of segments that the graph computes.
///
/// - Parameters:
///   - data: Numbers.
///   - ids: For each row of `data`, the number of its segment.
///   - count: A scalar, `Int32` or `Int64`.
public func unsortedSegmentMax(
  _ data: Value, ids: Value, count: Value, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  data.graph.append(
    UnsortedSegmentMax(), [data, ids, count], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
