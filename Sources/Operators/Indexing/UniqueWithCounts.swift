import GraphIR
import Tensors

/// The distinct elements of a vector, which of them each element is, and how often each stands
/// there.
public struct UniqueWithCounts: UniqueOperator {
  public static let name = "UniqueWithCounts"
  public static let summary =
    "The distinct elements of a vector, which of them each element is, and how often each is there."
  public static let signature = uniqueSignature(["idx", "count"])

  /// The type of positions and counts.
  public var indexType = DataType.int32

  public init() {}

  public static let gradient = GradientRule.none(
    because: "which elements are equal does not change smoothly with the elements")

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    let found = try Occurrences(in: inputs[0])
    return [
      try Slices(inputs[0], axes: 1).gathered(found.first),
      try indexVector(found.numbers, indexType),
      try indexVector(found.counts, indexType),
    ]
  }

  public static let samples = uniqueSamples(UniqueWithCounts.self)
}

/// The distinct elements of a vector, which of them each element is, and how often each stands
/// there.
///
/// - Parameters:
///   - x: A vector of any type.
///   - indexType: `Int32` or `Int64`: the type of positions and counts.
/// - Returns: What `unique` gives, and for each distinct element how often it stands in `x`.
public func uniqueWithCounts(
  _ x: Value, indexType: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> (values: Value, positions: Value, counts: Value) {
  let node = UniqueWithCounts(indexType).applied(
    to: x, name: name, origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1), node.output(2))
}
