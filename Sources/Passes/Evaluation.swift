import GraphIR
import Tensors

/// Computes a node whose inputs are constants, when a plan is made.
///
/// - Throws: What the kernel throws.
func evaluate(
  _ operation: some Operator, inputs: [Tensor], outputs: [TensorType], constants: [Int: Tensor]
) throws -> [Tensor] {
  let request = KernelRequest(inputs: inputs.map(\.type), outputs: outputs, constants: constants)
  if outputs.count == 1, operation.viewsInput(request) {
    return [try inputs[0].reshaped(to: request.outputSizes())]
  }
  let kernel = try operation.kernel(request)
  let results = try outputs.map { try Tensor(zeros: $0.dataType, dimensions: $0.shape.known!) }
  let scratch = UnsafeMutableRawPointer.allocate(
    byteCount: max(1, kernel.scratchByteCount), alignment: 64)
  defer { scratch.deallocate() }
  let workers = Workers()
  // A list is never empty, so that it has an address.
  let inputAddresses = inputs.map(\.address) + [scratch]
  let outputAddresses = results.map(\.address) + [scratch]
  try withExtendedLifetime((inputs, results, workers)) {
    try inputAddresses.withUnsafeBufferPointer { inputs in
      try outputAddresses.withUnsafeBufferPointer { outputs in
        try kernel.body(
          KernelContext(
            inputs: inputs.baseAddress!, outputs: outputs.baseAddress!, scratch: scratch,
            workers: workers))
      }
    }
  }
  return results
}

/// Computes a node that depends on the sizes of its input alone; no element of it is read.
func evaluateSizes(_ operation: some Operator, _ request: KernelRequest) throws -> [Tensor] {
  let kernel = try operation.kernel(request)
  let results = try request.outputs.map {
    try Tensor(zeros: $0.dataType, dimensions: $0.shape.known!)
  }
  let workers = Workers()
  let nothing = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
  defer { nothing.deallocate() }
  let addresses = results.map(\.address) + [nothing]
  try withExtendedLifetime((results, workers)) {
    try addresses.withUnsafeBufferPointer { outputs in
      try withUnsafePointer(to: nothing) { inputs in
        try kernel.body(
          KernelContext(
            inputs: inputs, outputs: outputs.baseAddress!, scratch: nothing, workers: workers))
      }
    }
  }
  return results
}
