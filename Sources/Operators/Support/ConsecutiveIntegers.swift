import GraphIR
import Tensors

/// The vector 0, 1, 2, … with one `Int32` for each element of a value.
func positions(in value: Value) -> Value {
  if let count = value.shape.elementCount, count <= Int32.max {
    return value.graph.constant(
      Tensor((0..<count).map { Int32($0) }), origin: .unknown)
  }
  let everywhere = fill(shape(value), value.graph.constant(Tensor(true), origin: .unknown))
  return cast(reshape(argwhere(reshape(everywhere, to: [-1])), to: [-1]), to: .int32)
}
