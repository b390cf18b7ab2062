import GraphIR
import Tensors

/// How many elements stand before and behind those of a tensor along one axis.
struct PaddingWidths: Sendable {
  var before: Int
  var after: Int

  /// The widths for each axis, from integers in pairs.
  static func pairs(_ integers: [Int]) -> [PaddingWidths] {
    stride(from: 0, to: integers.count - 1, by: 2).map {
      PaddingWidths(before: integers[$0], after: integers[$0 + 1])
    }
  }
}

extension ShapeRequest {
  /// What the matrix of paddings says, which is the second input; `nil` where it is not known.
  ///
  /// - Throws: `ShapeError` when it has not a pair of sizes for each axis of the first input.
  func paddings() throws -> [PaddingWidths]? {
    try require(rank: 2, of: 1, named: "paddings")
    let pairs = shape(1)
    if let width = pairs[1], width != 2 {
      throw ShapeError("paddings must have two columns, but it is \(inputs[1])")
    }
    if let rank = shape(0).rank, let count = pairs[0], rank != count {
      throw ShapeError(
        "paddings is \(inputs[1]), but input is \(inputs[0]), which has rank \(rank)")
    }
    guard let integers = integers(1) else { return nil }
    if let negative = integers.first(where: { $0 < 0 }) {
      throw ShapeError("paddings holds sizes, which are at least 0, but one is \(negative)")
    }
    return PaddingWidths.pairs(integers)
  }

  /// The shape of the first input, each size changed by what stands before and behind it.
  func paddedShape(
    _ change: (_ size: Int, PaddingWidths, _ axis: Int) throws -> Int
  ) throws -> Shape {
    let input = shape(0)
    guard let paddings = try paddings() else {
      return (input.rank ?? shape(1)[0]).map { .unknown(rank: $0) } ?? .unknown
    }
    return Shape(
      dimensions: try paddings.indices.map { axis in
        try input[axis].map { try change($0, paddings[axis], axis) }
      })
  }

  /// A size with what stands before and behind it.
  func widened(_ size: Int, _ widths: PaddingWidths, _ axis: Int) throws -> Int {
    let (partial, overflow) = size.addingReportingOverflow(widths.before)
    let (total, overflows) = partial.addingReportingOverflow(widths.after)
    if overflow || overflows {
      throw ShapeError("the paddings of axis \(axis) are larger than any memory")
    }
    return total
  }
}

/// A kernel that puts an element around a tensor: that of an input, or zero for −1.
func paddingKernel(_ request: KernelRequest, element: Int) throws -> Kernel {
  if request.outputCount() == 0 { return Kernel { _ in } }
  let (sizes, result) = (request.inputSizes(0), request.outputSizes())
  let paddings = PaddingWidths.pairs(request.integers(1))
  let strides = rowMajorStrides(result)
  var start = 0
  var movements: [Movement] = []
  // The borders of an axis are as long as the input on the axes before it, and as long as the
  // result on those behind it.
  for axis in sizes.indices {
    for (offset, width) in [
      (0, paddings[axis].before), (paddings[axis].before + sizes[axis], paddings[axis].after),
    ] {
      let box = Array(sizes[..<axis]) + [width] + result[(axis + 1)...]
      movements.append(
        Movement(
          box, from: .single(element, rank: sizes.count),
          to: .init(start: start + offset * strides[axis], strides: strides)))
    }
    start += paddings[axis].before * strides[axis]
  }
  movements.append(Movement(sizes, from: .whole(sizes), to: .init(start: start, strides: strides)))
  return try movementKernel(request.outputs[0].dataType, movements)
}

/// What flows back into the tensor that was padded: what stands between the paddings.
func unpadded(_ g: GradientContext) -> Value {
  let (x, paddings, dy) = (g.x, g.y, g.outputGradient)
  if let integers = g.graph.constantIntegers(paddings) {
    let before = PaddingWidths.pairs(integers).map(\.before)
    if let sizes = x.shape.known { return slice(dy, begin: before, size: sizes) }
    let type = paddings.dataType
    return slice(dy, begin: g.graph.vector(before, type), size: shapeTensor(x, type))
  }
  let before = unstack(paddings, count: 2, axis: 1)[0]
  return slice(dy, begin: before, size: shapeTensor(x, paddings.dataType))
}

/// A matrix of paddings from a pair for each axis.
func paddingsConstant(_ paddings: [[Int]], _ function: String, _ graph: Graph, _ origin: Origin)
  -> Value
{
  if let wrong = paddings.first(where: { $0.count != 2 }) {
    return graph.invalid(
      "\(function): paddings must hold a pair for each axis, but it holds \(wrong)", origin)
  }
  let integers = paddings.flatMap { $0 }
  let dimensions = [paddings.count, 2]
  let tensor =
    integers.allSatisfy { Int32(exactly: $0) != nil }
    ? try? Tensor(integers.map { Int32($0) }, dimensions: dimensions)
    : try? Tensor(integers.map { Int64($0) }, dimensions: dimensions)
  return graph.constant(tensor!, origin: origin)
}
