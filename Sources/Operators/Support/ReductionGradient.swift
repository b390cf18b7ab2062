import GraphIR
import Tensors

/// What flows back into a reduction, given to each of the elements that it was made from.
func spread(_ gradient: Value, overAxesOf context: GradientContext) -> Value {
  let (x, axes) = (context.x, context.y)
  if let sizes = x.shape.known, let reduced = context.graph.constantIntegers(axes) {
    let kept = sizes.indices.map { axis in
      reduced.contains(axis) || reduced.contains(axis - sizes.count) ? 1 : sizes[axis]
    }
    return broadcast(reshape(gradient, to: kept), to: sizes)
  }
  // The sum that keeps its axes is never computed: only its shape is asked for.
  let kept = sum(x, axes: axes, keepDimensions: true)
  return broadcast(reshape(gradient, to: shape(kept)), to: shapeTensor(x))
}

extension Graph {
  /// The integers of a value that is a constant.
  func constantIntegers(_ value: Value) -> [Int]? {
    guard value.isValid else { return nil }
    return snapshot { $0.constant(value.endpoint)?.integers }
  }
}
