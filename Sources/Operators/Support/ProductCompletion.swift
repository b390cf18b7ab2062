import CKernels
import GraphIR
import Tensors

/// What the sums of a product of `Float32` become before anything else reads them.
struct ProductCompletion: Sendable {
  /// The input that holds a number for each column, which is added.
  var bias: Int?
  /// What each sum becomes then.
  var activation: FusedActivation

  /// Completes a part of the result.
  func complete(_ part: ProductPart, columns: Int, _ context: KernelContext) {
    let first = part.columns.lowerBound
    let bias = bias.map { context.input($0, as: Float.self) + first }
    staticgraph_complete_float32(
      part.rows.count, part.columns.count, columns,
      staticgraph_completion(bias: bias, activation: activation.code),
      context.outputs[0] + (part.rows.lowerBound * columns + first) * MemoryLayout<Float>.size)
  }

  /// Completes the whole result.
  func complete(rows: Int, columns: Int, _ context: KernelContext) {
    let height = max(1, elementsPerPiece / max(1, columns))
    context.parallelFor(pieces: (rows + height - 1) / height) { piece in
      let part = piece * height..<min(rows, (piece + 1) * height)
      complete(ProductPart(rows: part, columns: 0..<columns), columns: columns, context)
    }
  }
}

/// Some rows and columns of a matrix.
struct ProductPart: Sendable {
  var rows: Range<Int>
  var columns: Range<Int>
}
