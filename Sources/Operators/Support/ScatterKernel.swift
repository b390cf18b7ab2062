import CKernels
import GraphIR
import Tensors

/// How slices are combined with what is there already, for each type that is computed with.
typealias ScatterLoops = [DataType: staticgraph_scatter]

/// A kernel that puts slices where tuples of indices point.
///
/// - Parameters:
///   - indices: The input that holds the tuples.
///   - updates: The input that holds a slice for each.
///   - begin: The input that the output begins as a copy of; zeros where `nil`.
///   - loops: How slices are combined with what is there; `nil` where they replace it.
func scatterKernel(
  _ request: KernelRequest, indices: Int, updates: Int, begin: Int?, loops: ScatterLoops?,
  policy: BadIndicesPolicy, named name: String
) throws -> Kernel {
  let type = request.outputs[0].dataType
  let size = type.byteCount
  guard size > 0 else { throw unsupported(type) }
  let indexing = try SliceIndexing(
    request.inputs[indices], into: request.outputs[0], named: name, policy: policy)
  // Without loops slices are bytes.
  let loop: staticgraph_scatter
  let elementSize: Int
  if let loops {
    guard let typed = loops[type] else { throw unsupported(type) }
    (loop, elementSize) = (typed, size)
  } else {
    (loop, elementSize) = (staticgraph_scatter_slices, 1)
  }
  let byteCount = request.outputCount() * size
  let stride = indexing.sliceCount * (size / elementSize)
  // A slice is put where the one before it was, so that it is slices that are cut into pieces.
  let pieces = max(1, pieceCount(stride))
  return Kernel(scratchByteCount: indexing.scratchByteCount) { context in
    let result = context.outputs[0]
    if let begin {
      result.copyMemory(from: context.inputs[begin], byteCount: byteCount)
    } else {
      result.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }
    let numbers = context.scratch.assumingMemoryBound(to: Int64.self)
    try indexing.resolve(context.inputs[indices], into: numbers)
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      loop(
        indexing.count, min(elementsPerPiece, stride - start), stride, numbers,
        context.inputs[updates] + start * elementSize, result + start * elementSize)
    }
  }
}

/// The loops that add slices.
let scatterAddLoops: ScatterLoops = [
  .float32: staticgraph_scatter_add_float32, .float64: staticgraph_scatter_add_float64,
  .int32: staticgraph_scatter_add_int32, .int64: staticgraph_scatter_add_int64,
  .uint8: staticgraph_scatter_add_uint8,
]
