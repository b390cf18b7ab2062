import CKernels
import GraphIR
import Tensors

/// The largest integer that is not above each element.
public struct Floor: Rounding {
  public static let name = "Floor"
  public static let summary = "The largest integer that is not above each element."
  public static let signature = roundingSignature

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_floor_float32, .float64: staticgraph_floor_float64])
  }

  public static let samples = roundingSamples(Floor())
}

/// The largest integer that is not above each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Integers as floating-point numbers, of the type and shape of `x`.
public func floor(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Floor(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
