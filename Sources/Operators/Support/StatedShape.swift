import GraphIR
import Tensors

/// The shape whose sizes one of the operator's `shapeInputs` holds, as far as it is known.
///
/// - Throws: `ShapeError` when it is known to hold a negative size.
func statedShape(_ request: ShapeRequest, _ input: Int, named name: String) throws -> Shape {
  if let sizes = request.integers(input), sizes.contains(where: { $0 < 0 }) {
    throw ShapeError("\(name) holds sizes, which are at least 0, but it is \(sizes)")
  }
  return request.sizes(input) ?? request.shape(input)[0].map { .unknown(rank: $0) } ?? .unknown
}
