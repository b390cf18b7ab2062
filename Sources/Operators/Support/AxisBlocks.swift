import GraphIR
import Tensors

/// A tensor as blocks of rows, where the rows lie along one of its axes.
struct AxisBlocks: Sendable {
  /// The product of the sizes before the axis.
  let outer: Int
  /// The size of the axis.
  let count: Int
  /// The product of the sizes after it.
  let inner: Int

  /// - Precondition: The sizes have the axis, and their product is an `Int`.
  init(_ sizes: [Int], axis: Int) {
    // The sizes of a tensor without elements have no product that is sure to be an `Int`.
    let isEmpty = sizes.contains(0)
    outer = isEmpty ? (sizes[..<axis].contains(0) ? 0 : 1) : sizes[..<axis].reduce(1, *)
    count = sizes[axis]
    inner = isEmpty ? 0 : sizes[(axis + 1)...].reduce(1, *)
  }
}

/// The axis that a scalar input of the operator holds, as a position, where it is known.
///
/// - Throws: `ShapeError` when the input is no scalar, or names an axis that the tensor lacks.
func statedAxis(
  _ request: ShapeRequest, _ input: Int, of tensor: Int, named name: String
) throws -> Int? {
  try request.require(rank: 0, of: input, named: "axis")
  guard let rank = request.shape(tensor).rank, let axis = request.integers(input)?.first else {
    return nil
  }
  return try normalizedAxes([axis], rank: rank, of: request.inputs[tensor], named: name)[0]
}

extension KernelRequest {
  /// The axis that a scalar input holds, as a position.
  ///
  /// - Precondition: The shape rule has accepted it.
  func axis(_ input: Int, of tensor: Int) -> Int {
    let axis = integers(input).first ?? 0
    return axis < 0 ? axis + inputSizes(tensor).count : axis
  }
}
