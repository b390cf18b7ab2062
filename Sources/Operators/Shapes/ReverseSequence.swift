import CKernels
import GraphIR
import Tensors

/// A batch of sequences, of each of which the first elements stand in reverse.
public struct ReverseSequence: MovingOperator {
  public static let name = "ReverseSequence"
  public static let summary =
    "A batch of sequences, of each of which the first elements are reversed."
  public static let signature = Signature(
    inputs: [.init("input", "T"), .init("seq_lengths", "Tlen", label: "lengths")],
    outputs: [.init("output", "T")], types: ["T": .any, "Tlen": .index])
  public static let attributes: [Attribute<ReverseSequence>] = [
    .init(
      "seq_dim", \.sequenceAxis, "The axis along which a sequence lies.", label: "sequenceAxis",
      isRequired: true),
    .init("batch_dim", \.batchAxis, "The axis of the sequences.", label: "batchAxis"),
  ]

  /// The axis along which a sequence lies.
  public var sequenceAxis = 1
  /// The axis of the sequences.
  public var batchAxis = 0

  public init() {}

  /// Sequences along one axis, one beside the other along another.
  public init(sequenceAxis: Int, batchAxis: Int = 0) {
    self.sequenceAxis = sequenceAxis
    self.batchAxis = batchAxis
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "lengths")
    let input = request.shape(0)
    guard let rank = input.rank else { return [.unknown] }
    for axis in [sequenceAxis, batchAxis] where !(0..<rank).contains(axis) {
      throw ShapeError("input is \(request.inputs[0]), which has no axis \(axis)")
    }
    if sequenceAxis == batchAxis {
      throw ShapeError("sequenceAxis and batchAxis are both \(batchAxis), but must differ")
    }
    var dimensions = input.dimensions!
    if let batch = dimensions[batchAxis], let count = request.shape(1)[0], batch != count {
      throw ShapeError(
        "input is \(request.inputs[0]) with \(batch) sequences, but lengths holds \(count)")
    }
    dimensions[batchAxis] = dimensions[batchAxis] ?? request.shape(1)[0]
    return [Shape(dimensions: dimensions)]
  }

  public static let gradient = GradientRule.rule { g in
    let operation = g.operation(as: ReverseSequence.self)
    let back = g.graph.append(operation, [g.outputGradient, g.y], origin: .unknown)
    return [back.output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let move = movementLoop(type) else { throw unsupported(type) }
    let sizes = request.inputSizes(0)
    let longest = sizes[sequenceAxis]
    let count = request.inputCount(1)
    let isWide = request.inputs[1].dataType == .int64
    // Axes before the outer of the two, between them, and behind the inner.
    let (outerAxis, innerAxis) = (min(sequenceAxis, batchAxis), max(sequenceAxis, batchAxis))
    if request.outputCount() == 0 { return Kernel { _ in } }
    let strides = rowMajorStrides(sizes)
    let (batchStride, step) = (strides[batchAxis], strides[sequenceAxis])
    let blocks = sizes[..<outerAxis].reduce(1, *)
    let blockStride = strides[outerAxis] * sizes[outerAxis]
    let middle = Self.axis(
      sizes[(outerAxis + 1)..<innerAxis].reduce(1, *), strides[innerAxis] * sizes[innerAxis])
    let columns = Self.axis(strides[innerAxis], 1)
    let size = type.byteCount
    let perPiece = max(1, elementsPerPiece / (middle.size * columns.size * longest))
    let items = blocks * count
    return Kernel { context in
      let (narrow, wide) = (context.input(1, as: Int32.self), context.input(1, as: Int64.self))
      func length(_ number: Int) -> Int { isWide ? Int(wide[number]) : Int(narrow[number]) }
      for number in 0..<count where !(0...longest).contains(length(number)) {
        throw KernelError(
          "lengths[\(number)] is \(length(number)), but must lie between 0 and \(longest)")
      }
      let (x, result) = (context.inputs[0], context.outputs[0])
      context.parallelFor(pieces: (items + perPiece - 1) / perPiece) { piece in
        for item in piece * perPiece..<min(items, (piece + 1) * perPiece) {
          let taken = length(item % count)
          let start = item / count * blockStride + item % count * batchStride
          let rest = start + taken * step
          if taken > 0 {
            let rows = staticgraph_axis(size: taken, source_stride: -step, target_stride: step)
            move(middle, rows, columns, x + (rest - step) * size, result + start * size)
          }
          if taken < longest {
            let rows = Self.axis(longest - taken, step)
            move(middle, rows, columns, x + rest * size, result + rest * size)
          }
        }
      }
    }
  }

  private static func axis(_ size: Int, _ stride: Int) -> staticgraph_axis {
    staticgraph_axis(size: size, source_stride: stride, target_stride: stride)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "rows", ReverseSequence(sequenceAxis: 1), [.sample([3, 4]), Tensor([Int32(2), 0, 4])]),
      Sample(
        "columns", ReverseSequence(sequenceAxis: 0, batchAxis: 1),
        [.sample([4, 3]), Tensor([Int64(3), 1, 4])]),
      Sample(
        "vectors, axes between", ReverseSequence(sequenceAxis: 3, batchAxis: 1),
        [.sample([2, 2, 3, 4, 2]), Tensor([Int32(3), 2])]),
      Sample(
        "the sequence outside", ReverseSequence(sequenceAxis: 0, batchAxis: 2),
        [.sample([3, 2, 2]), Tensor([Int32(2), 3])]),
      Sample("nothing", ReverseSequence(sequenceAxis: 1), [.sample([0, 4]), Tensor([Int32]())]),
      Sample(
        failing: "another number of lengths", ReverseSequence(sequenceAxis: 1),
        [.sample([3, 4]), Tensor([Int32(2), 0])],
        message: "input is Float64[3, 4] with 3 sequences, but lengths holds 2"),
      Sample(
        failing: "one axis for both", ReverseSequence(sequenceAxis: 0),
        [.sample([3, 4]), Tensor([Int32(2), 0, 1])],
        message: "sequenceAxis and batchAxis are both 0, but must differ"),
    ]
  }
}

/// A batch of sequences, of each of which the first elements stand in reverse.
///
/// - Parameters:
///   - input: Any tensor of rank 2 or more.
///   - lengths: A vector, `Int32` or `Int64`: how many elements of each sequence to reverse.
///   - sequenceAxis: The axis along which a sequence lies.
///   - batchAxis: The axis of the sequences.
public func reverseSequence(
  _ input: Value, lengths: Value, sequenceAxis: Int, batchAxis: Int = 0, name: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    ReverseSequence(sequenceAxis: sequenceAxis, batchAxis: batchAxis), [input, lengths],
    name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
