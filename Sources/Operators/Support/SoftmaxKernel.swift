import CKernels
import GraphIR
import Tensors

/// How a kernel walks the rows of a matrix, a whole number of them to each piece of work.
struct RowPieces: Sendable {
  /// The number of pieces of the work.
  let pieces: Int
  private let rows: Int
  private let rowsPerPiece: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    rowsPerPiece = max(1, elementsPerPiece / max(1, columns))
    pieces = rows == 0 ? 0 : (rows - 1) / rowsPerPiece + 1
  }

  /// The rows of one piece.
  subscript(piece: Int) -> Range<Int> {
    piece * rowsPerPiece..<min(rows, (piece + 1) * rowsPerPiece)
  }
}

/// The shape rule of an operator on the last axis of its only input.
func lastAxisShape(_ request: ShapeRequest) throws -> [Shape] {
  if request.shape(0).rank == 0 {
    throw ShapeError("logits must have at least rank 1, but it is \(request.inputs[0])")
  }
  return [request.shape(0)]
}

/// A kernel that turns each row of logits, along the last axis, into as many numbers.
func softmaxKernel(
  _ request: KernelRequest, _ loops: [DataType: staticgraph_softmax_rows]
) throws -> Kernel {
  let type = request.inputs[0].dataType
  guard let loop = loops[type] else { throw unsupported(type) }
  let (count, columns) = (request.outputCount(), request.outputSizes().last ?? 1)
  if count == 0 { return Kernel { _ in } }
  let work = RowPieces(rows: count / columns, columns: columns)
  let rowSize = columns * type.byteCount
  return Kernel { context in
    let (x, result) = (context.inputs[0], context.outputs[0])
    context.parallelFor(pieces: work.pieces) { piece in
      let rows = work[piece]
      let start = rows.lowerBound * rowSize
      loop(rows.count, columns, x + start, result + start)
    }
  }
}

/// What the operators on the last axis are tried with.
@_optimize(none)
func softmaxSamples(_ operation: any Operator) -> [Sample] {
  let special: [[Double]] = [
    [.infinity, 1], [-.infinity, -.infinity], [.nan, 1], [-.infinity, 2], [1000, -1000],
  ]
  return [
    Sample("a matrix", operation, [.sample([3, 5])]),
    Sample("a vector", operation, [.sample([4])]),
    Sample("a cube", operation, [.sample([2, 3, 2])]),
    Sample("one class", operation, [.sample([3, 1])]),
    Sample("rows longer than a vector", operation, [.sample([2, 21])]),
    Sample("no rows", operation, [.sample([0, 3])]),
    Sample("no classes", operation, [.sample([2, 0])]),
    Sample("many elements", operation, [.sample([9, 10_007])], differentiable: false),
    Sample(
      "special numbers", operation,
      [try! Tensor(special.flatMap(\.self), dimensions: [special.count, 2])],
      differentiable: false),
    Sample(
      failing: "a scalar", operation, [.sample([])],
      message: "logits must have at least rank 1, but it is Float64"),
  ]
}
