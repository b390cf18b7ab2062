import CKernels
import GraphIR
import Tensors

/// An operator that folds the rows of a tensor into segments which stand in any order.
public protocol UnsortedSegments: Operator {}

extension UnsortedSegments {
  /// The inputs and outputs of such an operator, with identifiers of those types.
  static func segmentSignature(ids: TypeSet = .index) -> Signature {
    Signature(
      inputs: [
        .init("data", "T"), .init("segment_ids", "Tindices", label: "ids"),
        .init("num_segments", "Tnumsegments", label: "count"),
      ],
      outputs: [.init("output", "T")],
      types: ["T": .numeric, "Tindices": ids, "Tnumsegments": .index])
  }

  /// The number of segments is a size of the result.
  public static var shapeInputs: [Int] { [2] }

  /// A row for each segment.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 0, of: 2, named: "count")
    let count = request.integers(2)?.first
    if let count, count < 0 { throw ShapeError("count must be at least 0, but it is \(count)") }
    guard let data = request.shape(0).dimensions, let ids = request.shape(1).dimensions else {
      return [.unknown]
    }
    guard data.count >= ids.count,
      Shape(dimensions: Array(data[..<ids.count])).isCompatible(with: request.shape(1))
    else {
      throw ShapeError(
        "data is \(request.inputs[0]), but ids is \(request.inputs[1]);"
          + " the first sizes of data must be those of ids")
    }
    return [Shape(dimensions: [count] + data[ids.count...])]
  }

  /// A kernel that folds with one of those loops.
  func segmentKernel(_ request: KernelRequest, _ loops: SegmentLoops) throws -> Kernel {
    let (type, idType) = (request.inputs[0].dataType, request.inputs[1].dataType)
    guard let loop = loops[type] else { throw unsupported(type) }
    guard TypeSet.index.contains(idType) else { throw unsupported(idType) }
    let (work, isWide, size) = (SegmentWork(request), idType == .int64, type.byteCount)
    let count = request.outputCount()
    return Kernel { context in
      let (x, ids, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
      let wrong = staticgraph_first_outside(
        work.rows, ids, isWide, .min, Int64(work.segments))
      guard wrong == work.rows else {
        let id =
          isWide
          ? context.input(1, as: Int64.self)[wrong] : Int64(context.input(1, as: Int32.self)[wrong])
        throw KernelError("ids holds \(id), but there are \(work.segments) segments")
      }
      context.parallelFor(pieces: pieceCount(count)) { piece in
        let start = piece * elementsPerPiece
        loop.start.fill(
          result + start * size, count: Swift.min(elementsPerPiece, count - start), size: size)
      }
      context.parallelFor(pieces: work.pieces) { piece in
        let start = piece * work.columnsPerPiece
        loop.fold(
          work.rows, Swift.min(work.columnsPerPiece, work.columns - start), work.columns,
          x + start * size, ids, isWide, result + start * size)
      }
    }
  }

  /// One operation for each element of the data.
  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }
}

/// What every fold of unsorted segments is tried with.
///
/// - Parameter missingIsHuge: Whether a segment without rows gives the largest numbers of the type,
///   beside which no difference can be seen.
@_optimize(none)
func unsortedSegmentSamples(
  _ operation: any Operator, missingIsHuge: Bool = false
) -> [Sample] {
  let matrix = try! Tensor([Int32(2), 0, 0, -1, 2, 2], dimensions: [2, 3])
  func make(
    _ label: String, _ data: [Int], _ ids: Tensor, _ count: Int32, isFull: Bool = false
  ) -> Sample {
    Sample(
      label, operation, [.sample(data, in: 0.5...2), ids, Tensor(count)],
      differentiable: isFull || !missingIsHuge)
  }
  func fails(_ label: String, _ ids: Tensor, _ count: Tensor, _ message: String) -> Sample {
    Sample(failing: label, operation, [.sample([2, 3]), ids, count], message: message)
  }
  return [
    make("rows of a matrix", [4, 2], Tensor([Int32(1), 0, 1, 0]), 2, isFull: true),
    make("a vector", [5], Tensor([Int64(1), 1, 0, 1, 0]), 2, isFull: true),
    make("a segment without rows", [3, 2], Tensor([Int32(0), 3, 3]), 5),
    make("negative identifiers", [4], Tensor([Int32(-1), 0, 1, -1]), 2, isFull: true),
    make("a matrix of identifiers", [2, 3, 2], matrix, 3),
    make("one element", [3], Tensor([Int32(0), 0, 0]), 1, isFull: true),
    make("scalars", [], Tensor(Int32(1)), 2),
    make("nothing", [0, 2], Tensor([Int32]()), 2),
    Sample(
      "many rows", operation,
      [
        .sample([3000, 20], in: 0.9...1.1), Tensor((0..<3000).map { Int32($0 * 7 % 100) }),
        Tensor(Int32(100)),
      ], everyType: false, differentiable: false),
    fails(
      "another number of rows", Tensor([Int32(0), 1, 1]), Tensor(Int32(2)),
      "data is Float64[2, 3], but ids is Int32[3]; the first sizes of data must be those of ids"),
    fails(
      "a negative number of segments", Tensor([Int32(0), 1]), Tensor(Int32(-2)),
      "count must be at least 0, but it is -2"),
    fails(
      "a vector of numbers of segments", Tensor([Int32(0), 1]), Tensor([Int32(2)]),
      "count must have rank 0, but it is Int32[1]"),
  ]
}
