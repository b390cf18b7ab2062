import GraphIR
import Tensors

/// A tensor whose elements move along some axes, and come in again at the other end.
public struct Roll: MovingOperator {
  public static let name = "Roll"
  public static let summary =
    "A tensor whose elements move along some axes, and come in again at the other end."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("shift", "Tshift", label: "shifts"),
      .init("axis", "Taxis", label: "axes"),
    ],
    outputs: [.init("output", "T")],
    types: ["T": .any, "Tshift": .index, "Taxis": .index])
  public static let shapeInputs = [1, 2]

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    let shape = request.shape(0)
    if shape.rank == 0 {
      throw ShapeError("input must have at least rank 1, but it is \(request.inputs[0])")
    }
    guard let merged = request.shape(1).merged(with: request.shape(2)), merged.rank ?? 0 <= 1 else {
      throw ShapeError(
        "shifts is \(request.inputs[1]), but axes is \(request.inputs[2]); both must be scalars or"
          + " vectors of one length")
    }
    if let axes = request.integers(2), let rank = shape.rank {
      // An axis may stand twice: its shifts add up.
      for axis in axes {
        _ = try normalizedAxis(axis, rank: rank, of: request.inputs[0], named: "input")
      }
    }
    return [shape]
  }

  // ∂: what flows back moves back.
  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(Roll(), [g.outputGradient, -g.y, g.inputs[2]], origin: .unknown)
    return [back.output, nil, nil]
  }

  /// For each axis how far elements move, at least 0 and less than the size.
  private func shifts(_ request: KernelRequest) -> [Int] {
    let sizes = request.inputSizes(0)
    var shifts = [Int](repeating: 0, count: sizes.count)
    for (shift, axis) in zip(request.integers(1), request.integers(2)) {
      let position = axis < 0 ? axis + sizes.count : axis
      let size = sizes[position]
      if size == 0 { continue }
      // Both are less than the size in magnitude, so that the sum is an `Int`.
      let rest = shift % size + (shift % size < 0 ? size : 0)
      let room = size - rest
      shifts[position] =
        shifts[position] >= room ? shifts[position] - room : shifts[position] + rest
    }
    return shifts
  }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    shifts(request).allSatisfy { $0 == 0 }
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    if request.outputCount() == 0 { return Kernel { _ in } }
    let sizes = request.inputSizes(0)
    let strides = rowMajorStrides(sizes)
    var boxes = [
      (
        sizes: [Int](), from: Movement.Place(strides: strides),
        to: Movement.Place(strides: strides)
      )
    ]
    for (axis, shift) in shifts(request).enumerated() {
      try checkMovementCount(2 * boxes.count)
      boxes = boxes.flatMap { box in
        // The first part moves by the shift; the rest comes in again at the beginning.
        [(sizes[axis] - shift, 0, shift), (shift, sizes[axis] - shift, 0)].compactMap {
          (count, from, to) in
          if count == 0 { return nil }
          var part = box
          part.sizes.append(count)
          part.from.start += from * strides[axis]
          part.to.start += to * strides[axis]
          return part
        }
      }
    }
    return try movementKernel(
      request.inputs[0].dataType, boxes.map { Movement($0.sizes, from: $0.from, to: $0.to) })
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", Roll(), [.sample([5]), Tensor(Int32(2)), Tensor(Int32(0))]),
      Sample(
        "columns, backward", Roll(), [.sample([2, 3]), Tensor(Int64(-1)), Tensor(Int32(-1))]),
      Sample(
        "two axes", Roll(), [.sample([3, 4, 2]), Tensor([Int32(1), 5]), Tensor([Int64(0), 1])]),
      Sample(
        "an axis twice", Roll(), [.sample([5]), Tensor([Int32(2), 4]), Tensor([Int32(0), 0])]),
      Sample("no change", Roll(), [.sample([3]), Tensor(Int32(-3)), Tensor(Int32(0))]),
      Sample("nothing", Roll(), [.sample([0, 2]), Tensor(Int32(1)), Tensor(Int32(0))]),
      Sample(
        failing: "a scalar", Roll(), [.sample([]), Tensor(Int32(1)), Tensor(Int32(0))],
        message: "input must have at least rank 1, but it is Float64"),
      Sample(
        failing: "lengths that differ", Roll(),
        [.sample([2, 3]), Tensor([Int32(1)]), Tensor([Int32(0), 1])],
        message: "shifts is Int32[1], but axes is Int32[2]; both must be scalars or vectors of one"
          + " length"),
    ]
  }
}

/// A tensor whose elements move along some axes, and come in again at the other end.
///
/// - Parameters:
///   - input: A tensor of rank 1 or more.
///   - shifts: How far elements move along each of the axes, toward the end; negative ones toward
///     the beginning.
///   - axes: The axes, negative ones counted from the end. The shifts of one that stands twice
///     add up.
public func roll(
  _ input: Value, shifts: [Int], axes: [Int], name: String? = nil, fileID: String = #fileID,
  line: Int = #line
) -> Value {
  let origin = Origin(fileID: fileID, line: line)
  return input.graph.append(
    Roll(),
    [
      input, sizesConstant(shifts, input.graph, origin), sizesConstant(axes, input.graph, origin),
    ], name: name, origin: origin
  ).output
}
