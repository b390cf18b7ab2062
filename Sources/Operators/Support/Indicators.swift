import GraphIR
import Tensors

/// 1 where two values that broadcast are equal, 0 elsewhere, as numbers of the values' type.
func equality(_ x: Value, _ y: Value) -> Value { cast(equal(x, y), to: x.dataType) }

/// 1 where a value is not 0, 0 elsewhere, as numbers of the value's type.
func nonzero(_ x: Value) -> Value { cast(cast(x, to: .bool), to: x.dataType) }
