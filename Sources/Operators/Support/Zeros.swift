import GraphIR
import Tensors

/// Zeros of the type and shape of a value.
func zeros(like value: Value) -> Value {
  let zero = value.scalar(0, origin: .unknown)
  return value.shape == .scalar ? zero : broadcast(zero, to: shapeTensor(value))
}
