import GraphIR
import Tensors

/// What flows back into a reduction, given to each of the elements that it was made from.
func spread(_ gradient: Value, overAxesOf context: GradientContext) -> Value {
  let kept = keepingAxes(gradient, of: context)
  if let sizes = context.x.shape.known, kept.shape.isKnown { return broadcast(kept, to: sizes) }
  return broadcast(kept, to: shapeTensor(context.x))
}

/// A value of the shape of a reduction's result, with the axes that were folded as sizes of 1.
func keepingAxes(_ value: Value, of context: GradientContext) -> Value {
  let (x, axes) = (context.x, context.y)
  if let sizes = x.shape.known, let reduced = context.graph.constantIntegers(axes) {
    let kept = sizes.indices.map { axis in
      reduced.contains(axis) || reduced.contains(axis - sizes.count) ? 1 : sizes[axis]
    }
    return value.shape == Shape(kept) ? value : reshape(value, to: kept)
  }
  // The sum that keeps its axes is never computed: only its shape is asked for.
  return reshape(value, to: shape(sum(x, axes: axes, keepDimensions: true)))
}

extension Graph {
  /// The integers of a value that is a constant.
  func constantIntegers(_ value: Value) -> [Int]? {
    guard value.isValid else { return nil }
    return snapshot { $0.constant(value.endpoint)?.integers }
  }
}
