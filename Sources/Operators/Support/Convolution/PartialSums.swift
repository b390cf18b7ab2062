import CKernels
import GraphIR
import Tensors

/// Sums of numbers of one shape that several pieces of work make, added in a fixed order.
struct PartialSums: Sendable {
  /// The number of sums; when it is 1, that is the result itself.
  let parts: Int
  /// The elements of each.
  let count: Int
  /// The type of the elements, `Float32` or `Float64`.
  let type: DataType

  /// All partial sums together have up to so many bytes.
  private static let mostBytes = 8 << 20

  /// As many sums as memory allows, `wanted` at most.
  init(wanted: Int, count: Int, type: DataType) {
    self.count = count
    self.type = type
    parts = max(1, min(wanted, Self.mostBytes / max(1, count * type.byteCount)))
  }

  /// The bytes of scratch memory that they need, from its start on.
  var scratchByteCount: Int { parts == 1 ? 0 : (parts * count * type.byteCount + 63) / 64 * 64 }

  /// Where a part is added up.
  func start(_ part: Int, _ context: KernelContext) -> UnsafeMutableRawPointer {
    parts == 1 ? context.outputs[0] : context.scratch + part * count * type.byteCount
  }

  /// Sets all sums to 0.
  func clear(_ context: KernelContext) {
    start(0, context).initializeMemory(
      as: UInt8.self, repeating: 0, count: parts * count * type.byteCount)
  }

  /// Writes the sum of all parts to the output.
  func addUp(_ context: KernelContext) {
    if parts == 1 { return }
    let fold =
      type == .float32 ? staticgraph_sum_float32_columns : staticgraph_sum_float64_columns
    let (size, scratch, output) = (type.byteCount, context.scratch, context.outputs[0])
    let length = elementsPerPiece / parts + 1
    context.parallelFor(pieces: (count + length - 1) / length) { piece in
      let offset = piece * length * size
      let columns = min(length, count - piece * length)
      (output + offset).copyMemory(from: scratch + offset, byteCount: columns * size)
      fold(
        parts - 1, columns, count, scratch + count * size + offset, output + offset)
    }
  }
}
