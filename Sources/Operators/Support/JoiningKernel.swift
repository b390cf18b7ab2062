import GraphIR
import Tensors

/// A kernel that copies inputs, whole and one behind the other, to the only output.
///
/// - Parameter values: The positions of what is copied among the inputs.
/// - Throws: `GraphError` for elements that have no fixed size.
func joiningKernel(_ request: KernelRequest, _ values: Range<Int>) throws -> Kernel {
  let type = request.outputs[0].dataType
  guard movementLoop(type) != nil else { throw unsupported(type) }
  var joinedAt = [Int](repeating: -1, count: request.inputs.count)
  var copies: [(input: Int, start: Int, byteCount: Int)] = []
  var start = 0
  for value in values {
    let byteCount = request.inputCount(value) * type.byteCount
    joinedAt[value] = start
    if byteCount > 0 { copies.append((value, start, byteCount)) }
    start += byteCount
  }
  let parts = copies
  let pieceByteCount = elementsPerPiece * type.byteCount
  return Kernel(joinedAt: joinedAt) { context in
    for part in parts {
      let source = context.inputs[part.input]
      let target = context.outputs[0] + part.start
      if source == target { continue }
      let pieces = (part.byteCount + pieceByteCount - 1) / pieceByteCount
      context.parallelFor(pieces: pieces) { piece in
        let offset = piece * pieceByteCount
        (target + offset).copyMemory(
          from: source + offset, byteCount: min(pieceByteCount, part.byteCount - offset))
      }
    }
  }
}
