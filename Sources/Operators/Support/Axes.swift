import GraphIR
import Tensors

/// Axes of a tensor of known rank, negative ones counted from the end, as positions.
///
/// - Throws: `ShapeError` for an axis that the tensor does not have, or one that stands twice.
func normalizedAxes(_ axes: [Int], rank: Int, of type: TensorType, named name: String) throws
  -> [Int]
{
  var seen: [Int] = []
  for axis in axes {
    guard (-rank..<rank).contains(axis) else {
      let valid = rank == 0 ? "a scalar has none" : "valid are \(-rank) to \(rank - 1)"
      throw ShapeError("\(name) is \(type), which has no axis \(axis)", suggestion: valid)
    }
    let position = axis < 0 ? axis + rank : axis
    guard !seen.contains(position) else { throw ShapeError("axis \(axis) stands twice in \(axes)") }
    seen.append(position)
  }
  return seen
}
