import CKernels
import GraphIR
import Tensors

/// The smallest integer that is not below each element.
public struct Ceil: Rounding {
  public static let name = "Ceil"
  public static let summary = "The smallest integer that is not below each element."
  public static let signature = roundingSignature

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_ceil_float32, .float64: staticgraph_ceil_float64])
  }

  public static let samples = roundingSamples(Ceil())
}

/// The smallest integer that is not below each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Integers as floating-point numbers, of the type and shape of `x`.
public func ceil(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Ceil(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
