import GraphIR
import Tensors

extension ExtractImagePatches {
  /// What flows back into images from their patches: each element gathers it from every patch
  /// that it is part of.
  ///
  /// First the columns of all patches go to their places, then the rows, in an image that has room
  /// for what lies beyond the border.
  ///
  /// - Throws: `ShapeError` when a patch is larger than an index can tell.
  func imageGradient(_ images: Value, _ gradient: Value) throws -> Value {
    for axis in 1...2 where (sizes[axis] - 1) * rates[axis] >= Int32.max {
      throw ShapeError("patches of sizes \(sizes) and rates \(rates) are too large for a gradient")
    }
    let graph = images.graph
    func integer(_ integer: Int) -> Value {
      graph.constant(Tensor(Int32(integer)), origin: .unknown)
    }
    func element(_ vector: Value, _ position: Int) -> Value {
      stridedSlice(vector, begin: [position], end: [position + 1], strides: [1], shrinkAxisMask: 1)
    }
    let (whole, patches) = (shapeTensor(images), shapeTensor(gradient))
    let counts = (1...2).map { element(patches, $0) }

    /// How far patches reach beyond the border along an axis.
    func excess(_ axis: Int) -> Value {
      let reach = integer((sizes[axis] - 1) * rates[axis] + 1)
      let extent = (counts[axis - 1] - integer(1)) * integer(strides[axis]) + reach
      return relu(extent - element(whole, axis))
    }
    let excesses = padding == .same ? [excess(1), excess(2)] : [integer(0), integer(0)]
    let wide = (1...2).map { element(whole, $0) + excesses[$0 - 1] }
    let (batch, channels) = (element(whole, 0), element(whole, 3))

    /// Puts the parts that lie along the last axis but one to their places on another.
    func placed(_ parts: Value, on axis: Int, in shape: [Value]) -> Value {
      let position = shape.count == 5 ? 2 : 1
      let places = (0..<sizes[axis]).map { number in
        // The part of that number: […, number, :].
        let part = stridedSlice(
          parts, begin: [0, number, 0], end: [0, number + 1, 0], strides: [1, 1, 1], beginMask: 4,
          endMask: 4, ellipsisMask: 1, shrinkAxisMask: 2)
        let start = number * rates[axis]
        let last = (counts[axis - 1] - integer(1)) * integer(strides[axis])
        let end = relu(last + integer(start + 1))
        let fill = Array(repeating: integer(0), count: position)
        let outer = (1 << position) - 1
        return graph.append(
          StridedSliceGrad(StridedSliceMasks(begin: outer, end: outer)),
          [
            stack(shape), stack(fill + [integer(start)]), stack(fill + [end]),
            graph.vector(
              Array(repeating: 1, count: position) + [strides[axis]], .int32), part,
          ], origin: .unknown
        ).output
      }
      return addN(places)
    }
    let (height, width) = (integer(sizes[1]), integer(sizes[2]))
    let parts = reshape(
      gradient, to: stack([batch, counts[0], counts[1], height, width, channels]))
    let lines = placed(parts, on: 2, in: [batch, counts[0], wide[1], height, channels])
    let all = placed(lines, on: 1, in: [batch, wide[0], wide[1], channels])
    let before = excesses.map { cast(0.5 * cast($0, to: .float64), to: .int32) }
    return slice(
      all, begin: stack([integer(0), before[0], before[1], integer(0)]), size: whole)
  }
}
