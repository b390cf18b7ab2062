import CKernels
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
  public static let shapeInputs = [2]

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

  /// The shifts are known only when the kernel runs, so that random ones need no plan each.
  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let (type, shiftType) = (request.inputs[0].dataType, request.inputs[1].dataType)
    guard type.byteCount > 0 else { throw unsupported(type) }
    guard TypeSet.index.contains(shiftType) else { throw unsupported(shiftType) }
    let count = request.outputCount()
    if count == 0 { return Kernel { _ in } }
    let axes = request.integers(2).map { $0 < 0 ? $0 + request.inputSizes(0).count : $0 }
    // The axes behind the last one that is rolled move together.
    let rank = (axes.max() ?? 0) + 1
    let sizes = request.inputSizes(0)[..<rank].map(Int64.init)
    let lines = sizes.dropLast().reduce(1) { $0 * Int($1) }
    let sliceBytes = count / (lines * Int(sizes[rank - 1])) * type.byteCount
    let linesPerPiece = max(1, elementsPerPiece / (count / lines))
    let isWide = shiftType == .int64
    let integerBytes = MemoryLayout<Int64>.stride
    return Kernel(scratchByteCount: 2 * rank * integerBytes) { context in
      let places = context.scratch.bindMemory(to: Int64.self, capacity: 2 * rank)
      let shifts = places + rank
      for axis in 0..<rank { (places[axis], shifts[axis]) = (sizes[axis], 0) }
      for position in 0..<axes.count {
        let axis = axes[position]
        let shift =
          isWide
          ? context.input(1, as: Int64.self)[position]
          : Int64(context.input(1, as: Int32.self)[position])
        let size = sizes[axis]
        // Both are less than the size in magnitude, so that what is added stays an `Int64`.
        let rest = shift % size + (shift % size < 0 ? size : 0)
        let room = size - rest
        shifts[axis] = shifts[axis] >= room ? shifts[axis] - room : shifts[axis] + rest
      }
      let (source, target) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: (lines + linesPerPiece - 1) / linesPerPiece) { piece in
        let start = piece * linesPerPiece
        staticgraph_roll(
          start, min(lines, start + linesPerPiece), rank, places, shifts, sliceBytes, source, target
        )
      }
    }
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
