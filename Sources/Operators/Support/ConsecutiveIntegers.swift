import GraphIR
import Tensors

/// The vector 0, 1, 2, … with one `Int32` for each element of a value.
func positions(in value: Value) -> Value {
  if let count = value.shape.elementCount, count <= Int32.max {
    return value.graph.constant(
      Tensor((0..<count).map { Int32($0) }), origin: .unknown)
  }
  let (first, step) = (
    value.graph.constant(0, as: .int32, origin: .unknown),
    value.graph.constant(1, as: .int32, origin: .unknown)
  )
  return range(first, size(value), by: step)
}
