import GraphIR
import Tensors

@testable import Operators

/// Runs a kernel by hand, without a session.
///
/// - Parameter workers: Who shares the work.
func runKernel(
  _ operation: any Operator, _ inputs: [Tensor], outputs: [TensorType],
  workers: Workers = Workers()
) throws -> [Tensor] {
  let shapeInputs = type(of: operation).shapeInputs(of: inputs.count)
  let request = KernelRequest(
    inputs: inputs.map(\.type), outputs: outputs,
    constants: Dictionary(uniqueKeysWithValues: shapeInputs.map { ($0, inputs[$0]) }))
  let kernel = try operation.kernel(request)
  let scratch = UnsafeMutableRawPointer.allocate(
    byteCount: max(64, kernel.scratchByteCount), alignment: 64)
  defer { scratch.deallocate() }
  let sources = inputs.map { input in
    input.withUnsafeBytes { bytes in
      let memory = UnsafeMutableRawPointer.allocate(
        byteCount: max(64, bytes.count), alignment: 64)
      memory.copyMemory(from: bytes.baseAddress ?? UnsafeRawPointer(memory), byteCount: bytes.count)
      return memory
    }
  }
  defer { for source in sources { source.deallocate() } }
  let targets = outputs.map { output in
    let byteCount = max(64, output.byteCount!)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    // What a kernel fails to write shows.
    memory.initializeMemory(as: UInt8.self, repeating: 0xA5, count: byteCount)
    return memory
  }
  defer { for target in targets { target.deallocate() } }
  try sources.withUnsafeBufferPointer { sources in
    try targets.withUnsafeBufferPointer { targets in
      let none = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: 1)
      defer { none.deallocate() }
      try kernel.body(
        KernelContext(
          inputs: sources.baseAddress ?? UnsafePointer(none),
          outputs: targets.baseAddress ?? UnsafePointer(none), scratch: scratch, workers: workers))
    }
  }
  return try zip(outputs, targets).map { output, target in
    try Tensor(uninitialized: output.dataType, dimensions: output.shape.known!) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: target, count: output.byteCount!))
    }
  }
}

/// Workers that take the pieces in the opposite order.
final class BackwardWorkers: Workers, @unchecked Sendable {
  override func run(pieces: Int, _ body: (Int) -> Void) {
    for piece in (0..<pieces).reversed() { body(piece) }
  }
}

/// The positions of a tensor of those sizes, in row-major order.
func positions(_ sizes: [Int]) -> [[Int]] {
  sizes.reduce([[]]) { positions, size in
    positions.flatMap { position in (0..<size).map { position + [$0] } }
  }
}
