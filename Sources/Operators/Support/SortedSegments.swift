import CKernels
import GraphIR
import Tensors

/// An operator that folds rows of a tensor which follow each other into segments.
public protocol SortedSegments: Operator {}

extension SortedSegments {
  /// The inputs and outputs of such an operator.
  static var segmentSignature: Signature {
    Signature(
      inputs: [.init("data", "T"), .init("segment_ids", "Tindices", label: "ids")],
      outputs: [.init("output", "T")], types: ["T": .numeric, "Tindices": .index])
  }

  /// The last identifier tells how many segments there are.
  public static var shapeInputs: [Int] { [1] }

  /// A row for each number from 0 up to the last identifier.
  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 1, of: 1, named: "ids")
    let count = try request.integers(1).map(segmentCount)
    guard let data = request.shape(0).dimensions else { return [.unknown] }
    guard let rows = data.first else {
      throw ShapeError("data is \(request.inputs[0]), which has no rows")
    }
    guard Shape(dimensions: [rows]).isCompatible(with: request.shape(1)) else {
      throw ShapeError(
        "data is \(request.inputs[0]), but ids is \(request.inputs[1]);"
          + " there must be one for each row")
    }
    return [Shape(dimensions: [count] + data.dropFirst())]
  }

  private func segmentCount(_ ids: [Int]) throws -> Int {
    var last = 0
    for (place, id) in ids.enumerated() {
      guard id >= last else {
        throw ShapeError(
          place == 0
            ? "ids must be at least 0, but the first is \(id)"
            : "ids must rise or stay, but \(id) comes after \(last)")
      }
      last = id
    }
    guard last < Int.max else { throw ShapeError("ids is too large: \(last)") }
    return ids.isEmpty ? 0 : last + 1
  }

  /// A kernel that folds with one of those loops.
  ///
  /// - Parameter missing: What a segment without rows holds.
  func segmentKernel(
    _ request: KernelRequest, _ loops: SegmentLoops, missing: ElementBits? = nil
  ) throws -> Kernel {
    let type = request.inputs[0].dataType
    guard let loop = loops[type] else { throw unsupported(type) }
    let (work, size) = (SegmentWork(request), type.byteCount)
    let isWide = request.inputs[1].dataType == .int64
    var counts = [Int](repeating: 0, count: work.segments)
    for id in request.integers(1) { counts[id] += 1 }
    let rowCounts = counts
    return Kernel { context in
      let (x, ids, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
      context.parallelFor(pieces: work.pieces) { piece in
        let column = piece * work.columnsPerPiece
        let columns = Swift.min(work.columnsPerPiece, work.columns - column)
        for (segment, count) in rowCounts.enumerated() {
          let start = count == 0 ? missing ?? loop.start : loop.start
          start.fill(
            result + (segment * work.columns + column) * size, count: columns, size: size)
        }
        loop.fold(
          work.rows, columns, work.columns, x + column * size, ids, isWide, result + column * size)
        guard let divide = loop.divide else { return }
        for (segment, count) in rowCounts.enumerated() where count > 1 {
          let row = result + (segment * work.columns + column) * size
          withUnsafeBytes(of: loop.divisor(count).bits) {
            divide(columns, row, false, $0.baseAddress!, true, row)
          }
        }
      }
    }
  }

  /// One operation for each element of the data.
  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: Double(request.inputCount(0)), bytesMoved: Cost.moving(request))
  }
}

/// What every fold of sorted segments is tried with.
@_optimize(none)
func sortedSegmentSamples(
  _ operation: any Operator, in range: ClosedRange<Double> = 0.5...2
) -> [Sample] {
  func make(_ label: String, _ data: [Int], _ ids: Tensor) -> Sample {
    Sample(label, operation, [.sample(data, in: range), ids])
  }
  func fails(_ label: String, _ data: [Int], _ ids: Tensor, _ message: String) -> Sample {
    Sample(failing: label, operation, [.sample(data), ids], message: message)
  }
  return [
    make("rows of a matrix", [4, 2], Tensor([Int32(0), 0, 1, 1])),
    make("a vector", [5], Tensor([Int64(0), 1, 1, 1, 2])),
    make("segments without rows", [3, 2], Tensor([Int32(1), 3, 3])),
    make("one segment", [3, 2, 2], Tensor([Int32(0), 0, 0])),
    make("nothing", [0, 2], Tensor([Int32]())),
    Sample(
      "many rows", operation,
      [.sample([3000, 20], in: 0.9...1.1), Tensor((0..<3000).map { Int32($0 / 50) })],
      everyType: false, differentiable: false),
    fails(
      "another number of rows", [2, 3], Tensor([Int32(0), 1, 1]),
      "data is Float64[2, 3], but ids is Int32[3]; there must be one for each row"),
    fails(
      "identifiers that fall", [3], Tensor([Int32(0), 2, 1]),
      "ids must rise or stay, but 1 comes after 2"),
    fails(
      "a negative identifier", [2], Tensor([Int32(-1), 0]),
      "ids must be at least 0, but the first is -1"),
    fails(
      "a matrix of identifiers", [1, 2], try! Tensor([Int32(0), 0], dimensions: [1, 2]),
      "ids must have rank 1, but it is Int32[1, 2]"),
    fails("a scalar", [], Tensor([Int32(0)]), "data is Float64, which has no rows"),
  ]
}
