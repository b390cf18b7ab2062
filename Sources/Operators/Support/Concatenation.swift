import GraphIR
import Tensors

/// What concatenations share: where the tensors stand among the inputs, and where the axis.
struct Concatenation {
  /// The positions of the tensors.
  var values: Range<Int>
  /// The position of the axis.
  var axis: Int

  /// The shape rule: all sizes but that of the axis are equal.
  ///
  /// - Throws: `ShapeError` when they are not, or there is one tensor only.
  func outputShape(_ request: ShapeRequest) throws -> Shape {
    guard values.count >= 2 else {
      throw ShapeError("values must hold at least 2 tensors, but it holds \(values.count)")
    }
    let stated = try request.integer(axis, named: "axis")
    guard let known = values.first(where: { request.shape($0).rank != nil }),
      let rank = request.shape(known).rank
    else { return .unknown }
    if let other = values.first(where: { request.shape($0).rank ?? rank != rank }) {
      throw ShapeError(
        "\(label(known, request)), but \(label(other, request)); all must have the same rank")
    }
    guard let stated else { return .unknown(rank: rank) }
    let position = try normalizedAxis(
      stated, rank: rank, of: request.inputs[known], named: "values[\(known - values.lowerBound)]")
    return try joined(request, rank, position)
  }

  private func joined(_ request: ShapeRequest, _ rank: Int, _ position: Int) throws -> Shape {
    var dimensions = [Int?](repeating: nil, count: rank)
    var first = [Int](repeating: values.lowerBound, count: rank)
    dimensions[position] = 0
    for value in values {
      let shape = request.shape(value)
      for axis in 0..<rank {
        if axis == position {
          let total = try dimensions[axis].flatMap { total in
            try shape[axis].map { try sum(total, $0) }
          }
          dimensions[axis] = total
        } else if let size = shape[axis] {
          guard dimensions[axis] ?? size == size else {
            throw ShapeError(
              "\(label(first[axis], request)), but \(label(value, request)); all sizes but those of"
                + " axis \(position) must be equal")
          }
          if dimensions[axis] == nil { (dimensions[axis], first[axis]) = (size, value) }
        }
      }
    }
    return Shape(dimensions: dimensions)
  }

  private func sum(_ a: Int, _ b: Int) throws -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    if overflow { throw ShapeError("the sizes \(a) and \(b) together are larger than any memory") }
    return sum
  }

  private func label(_ input: Int, _ request: ShapeRequest) -> String {
    "values[\(input - values.lowerBound)] is \(request.inputs[input])"
  }

  /// What flows back into each tensor: its part of what flows back into the result.
  func gradients(_ g: GradientContext) -> [Value?] {
    let gradient = g.outputGradient
    let stated = g.graph.constantIntegers(g.inputs[axis])?.first
    let rank = g.output.shape.rank
    var results = [Value?](repeating: nil, count: g.inputs.count)
    if let stated, let rank {
      let position = stated < 0 ? stated + rank : stated
      let lengths = values.map { g.inputs[$0].shape[position] }
      if lengths.allSatisfy({ $0 != nil }) {
        var begin = [Int](repeating: 0, count: rank)
        for (value, length) in zip(values, lengths) {
          var size = g.inputs[value].shape.dimensions?.map { $0 ?? -1 } ?? begin.map { _ in -1 }
          size[position] = length!
          if g.isNeeded[value] { results[value] = slice(gradient, begin: begin, size: size) }
          begin[position] += length!
        }
        return results
      }
    }
    let shapes = values.map { shapeTensor(g.inputs[$0]) }
    let offsets = concatOffset(cast(g.inputs[axis], to: .int32), shapes)
    for (number, value) in values.enumerated() where g.isNeeded[value] {
      results[value] = slice(gradient, begin: offsets[number], size: shapes[number])
    }
    return results
  }

  /// A kernel that puts the tensors one behind the other.
  func kernel(_ request: KernelRequest) throws -> Kernel {
    let sizes = request.outputSizes()
    if request.outputCount() == 0 { return Kernel { _ in } }
    let stated = request.integers(axis)[0]
    let position = stated < 0 ? stated + sizes.count : stated
    if sizes[..<position].allSatisfy({ $0 == 1 }) { return try joiningKernel(request, values) }
    let strides = rowMajorStrides(sizes)
    var start = 0
    var movements: [Movement] = []
    for value in values {
      let part = request.inputSizes(value)
      movements.append(
        Movement(
          part, from: .whole(part, number: value),
          to: Movement.Place(start: start, strides: strides)))
      start += part[position] * strides[position]
    }
    return try movementKernel(request.outputs[0].dataType, movements)
  }
}
