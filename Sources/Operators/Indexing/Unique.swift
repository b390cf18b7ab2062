import GraphIR
import Tensors

/// The distinct elements of a vector, and which of them each element is.
public struct Unique: UniqueOperator {
  public static let name = "Unique"
  public static let summary =
    "The distinct elements of a vector, and which of them each element is."
  public static let signature = uniqueSignature(["idx"])

  /// The type of positions.
  public var indexType = DataType.int32

  public init() {}

  public static let gradient = GradientRule.none(
    because: "which elements are equal does not change smoothly with the elements")

  public func evaluate(_ inputs: [Tensor]) throws -> [Tensor] {
    let found = try Occurrences(in: inputs[0])
    return [
      try Slices(inputs[0], axes: 1).gathered(found.first),
      try indexVector(found.numbers, indexType),
    ]
  }

  public static let samples = uniqueSamples(Unique.self)
}

/// The distinct elements of a vector, and which of them each element is.
///
/// ```swift
/// let (values, positions) = unique(x)   // x equals values at positions
/// ```
/// - Parameters:
///   - x: A vector of any type.
///   - indexType: `Int32` or `Int64`: the type of positions.
/// - Returns: The distinct elements in the order of their first occurrence, of which how many
///   there are is known only when the graph runs; and for each element of `x` its position among
///   them. 0 equals −0, and a NaN nothing.
public func unique(
  _ x: Value, indexType: DataType = .int32, name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> (values: Value, positions: Value) {
  let node = Unique(indexType).applied(
    to: x, name: name, origin: Origin(fileID: fileID, line: line))
  return (node.output(0), node.output(1))
}
