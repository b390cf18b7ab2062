import CKernels
import GraphIR
import Tensors

/// The integer nearest to each element, ties to the even one.
public struct Rint: Rounding {
  public static let name = "Rint"
  public static let summary = "The integer nearest to each element, ties to the even one."
  public static let signature = roundingSignature

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_rint_float32, .float64: staticgraph_rint_float64])
  }

  public static let samples = roundingSamples(Rint())
}

/// The integer nearest to each element, ties to the even one.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Integers as floating-point numbers, of the type and shape of `x`.
public func rint(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Rint(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
