import CKernels
import GraphIR
import Tensors

/// A kernel that writes the same number into every element of the output.
///
/// - Throws: `GraphError` for texts.
func constantKernel(_ request: KernelRequest, _ number: Int) throws -> Kernel {
  let type = request.outputs[0].dataType
  guard type != .string else { throw unsupported(type) }
  let element = try Tensor(Int64(number)).converted(to: type)
  let count = request.outputCount()
  let pieces = pieceCount(count)
  return Kernel { context in
    let result = context.outputs[0]
    context.parallelFor(pieces: pieces) { piece in
      let start = piece * elementsPerPiece
      staticgraph_expand(
        1, min(elementsPerPiece, count - start), type.byteCount, element.address, 0, true,
        result + start * type.byteCount)
    }
  }
}

/// The work of such a kernel, which reads nothing.
func constantCost(_ request: KernelRequest) -> Cost {
  Cost(
    operations: 0,
    bytesMoved: Double(request.outputCount()) * Double(request.outputs[0].dataType.byteCount))
}

/// What an operator is tried with that gives numbers of the shape of its input.
@_optimize(none)
func constantSamples(_ operation: any Operator) -> [Sample] {
  [
    Sample("a matrix", operation, [.sample([2, 3])]),
    Sample("a scalar", operation, [.sample([])]),
    Sample("nothing", operation, [.sample([0, 3])]),
    Sample("no numbers", operation, [Tensor([Double.nan, .infinity])], everyType: false),
    Sample("many elements", operation, [.sample([70_001])]),
    Sample(
      "half precision", operation, [try! Tensor.sample([3]).converted(to: .float16)],
      everyType: false),
  ]
}
