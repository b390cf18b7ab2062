import GraphIR
import Tensors

/// A kernel that cuts an input along an axis into the outputs, each as long as its own size says.
func splittingKernel(_ request: KernelRequest, input: Int, axis: Int) throws -> Kernel {
  let strides = rowMajorStrides(request.inputSizes(input))
  let position = axis < 0 ? axis + strides.count : axis
  var start = 0
  var movements: [Movement] = []
  for output in request.outputs.indices {
    let part = request.outputSizes(output)
    movements.append(
      Movement(
        part, from: Movement.Place(number: input, start: start, strides: strides),
        to: .whole(part, number: output)))
    start &+= part[position] &* strides[position]
  }
  return try movementKernel(request.inputs[input].dataType, movements)
}

extension GradientContext {
  /// What flows back into each output, zeros where nothing does.
  var filledOutputGradients: [Value] {
    outputs.indices.map { outputGradients[$0] ?? zeros(like: outputs[$0]) }
  }
}
