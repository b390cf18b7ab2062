import GraphIR
import Tensors

extension GradientContext {
  /// Sums what flows back into a broadcast result over the axes along which an input was
  /// repeated, so that the gradient has the input's shape again.
  ///
  /// - Parameters:
  ///   - gradient: Has the shape of the result of `inputs` broadcast together.
  ///   - input: 0 or 1, the input to give the gradient of.
  ///   - other: The input that it was broadcast with.
  func reduced(_ gradient: Value, toShapeOf input: Int, broadcastWith other: Int) -> Value {
    let (shape, partner) = (inputs[input].shape, inputs[other].shape)
    if let axes = repeatedAxes(of: shape, against: partner) {
      if axes.isEmpty { return gradient }
      let total = sum(gradient, axes: axes)
      if total.shape == shape { return total }
      return reshape(total, like: inputs[input])
    }
    let axes = broadcastGradientArguments(
      shapeTensor(inputs[input]), shapeTensor(inputs[other]))
    return reshape(sum(gradient, axes: axes.0), like: inputs[input])
  }

  /// The axes of the result along which the first shape was repeated, or `nil` when that is not
  /// known before the sizes are.
  fileprivate func repeatedAxes(of shape: Shape, against other: Shape) -> [Int]? {
    guard let mine = shape.dimensions, let theirs = other.dimensions else { return nil }
    let rank = max(mine.count, theirs.count)
    var axes: [Int] = []
    for axis in 0..<rank {
      let own = axis - (rank - mine.count)
      let partner = axis - (rank - theirs.count)
      if own < 0 {
        axes.append(axis)
      } else if partner >= 0 {
        switch (mine[own], theirs[partner]) {
        case (1, 1), (_?, 1): break
        case (1, _?): axes.append(axis)
        case (nil, 1): break
        case (let mine?, _) where mine != 1: break
        default: return nil
        }
      }
    }
    return axes
  }
}

extension GradientContext {
  /// The same for an operator whose first input alone was repeated.
  func reducedToInput(_ gradient: Value) -> Value { reduced(gradient, toShapeOf: x) }

  /// The same for one of any number of inputs.
  ///
  /// - Parameters:
  ///   - gradient: Has the shape of the result.
  ///   - input: The input to give the gradient of, whose shape broadcasts to that of the result.
  func reduced(_ gradient: Value, toShapeOf input: Value) -> Value {
    if let axes = repeatedAxes(of: input.shape, against: gradient.shape) {
      return axes.isEmpty ? gradient : reshape(sum(gradient, axes: axes), like: input)
    }
    let axes = broadcastGradientArguments(shapeTensor(input), shapeTensor(gradient))
    return reshape(sum(gradient, axes: axes.0), like: input)
  }
}
