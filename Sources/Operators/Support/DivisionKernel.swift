import CKernels
import GraphIR
import Tensors

/// A kernel that divides the first input by the second, which broadcast.
///
/// Its run throws where integers are divided by 0.
func divisionKernel(_ request: KernelRequest, _ loops: BinaryLoops) throws -> Kernel {
  let divide = try binaryKernel(request, loops)
  let type = request.inputs[1].dataType
  guard type.isInteger, request.outputCount() > 0 else { return divide }
  let divisorCount = request.inputCount(1)
  return Kernel { context in
    guard !staticgraph_has_zero(divisorCount, type.byteCount, context.inputs[1]) else {
      throw KernelError("y holds a 0, by which integers cannot be divided")
    }
    try divide.body(context)
  }
}
