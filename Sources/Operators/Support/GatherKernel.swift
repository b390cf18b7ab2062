import CKernels
import GraphIR
import Tensors

/// A kernel that takes rows of a table along an axis.
///
/// - Parameters:
///   - axis: The axis of the table.
///   - batchRank: How many leading axes table and indices share.
func gatherKernel(_ request: KernelRequest, axis: Int, batchRank: Int) throws -> Kernel {
  let (type, indexType) = (request.inputs[0].dataType, request.inputs[1].dataType)
  guard type.byteCount > 0 else { throw unsupported(type) }
  guard TypeSet.index.contains(indexType) else { throw unsupported(indexType) }
  if request.outputCount() == 0, request.inputCount(1) == 0 { return Kernel { _ in } }
  let sizes = request.inputSizes(0)
  let blocks = AxisBlocks(sizes, axis: axis)
  let count = request.inputCount(1)
  let length = request.inputSizes(1)[batchRank...].reduce(1, &*)
  let outer = sizes[batchRank..<axis].reduce(1, &*)
  let rowBytes = blocks.inner * type.byteCount
  let rows = blocks.inner == 0 ? 0 : request.outputCount() / blocks.inner
  let rowsPerPiece = max(1, elementsPerPiece / max(1, blocks.inner))
  let isWide = indexType == .int64
  return Kernel { context in
    let (table, indices, result) = (context.inputs[0], context.inputs[1], context.outputs[0])
    let wrong = staticgraph_first_outside(count, indices, isWide, 0, Int64(blocks.count))
    guard wrong == count else {
      let index =
        isWide
        ? context.input(1, as: Int64.self)[wrong] : Int64(context.input(1, as: Int32.self)[wrong])
      throw KernelError(
        "indices holds \(index), but params has \(blocks.count) elements along axis \(axis)")
    }
    context.parallelFor(pieces: (rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
      let start = piece * rowsPerPiece
      staticgraph_gather(
        start, min(rows, start + rowsPerPiece), outer, length, blocks.count, rowBytes, table,
        indices, isWide, result)
    }
  }
}
