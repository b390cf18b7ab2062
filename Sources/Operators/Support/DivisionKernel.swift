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

/// What every operator that divides and drops a fraction is tried with.
@_optimize(none)
func divisionSamples(_ operation: any DivisionOperator) -> [Sample] {
  func make(_ label: String, _ x: Tensor, _ y: Tensor) -> Sample {
    Sample(label, operation, [x, y], everyType: false, differentiable: false)
  }
  return broadcastSamples(operation, x: -9...9, y: 1...3) + [
    make("all signs", Tensor([7.0, -7, 7, -7, 6, -6]), Tensor([2.0, 2, -2, -2, 3, -3])),
    make(
      "all signs of integers", Tensor([Int32(7), -7, 7, -7, 6, -6]),
      Tensor([Int32(2), 2, -2, -2, 3, -3])),
    make(
      "special numbers", Tensor([1.0, .infinity, 5, 5, -5]),
      Tensor([0.0, 2, .infinity, -.infinity, .infinity])),
  ]
}
