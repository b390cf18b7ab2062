import CKernels
import GraphIR
import Tensors

/// Whether each element is a number and no infinity.
public struct IsFinite: NumberTest {
  public static let name = "IsFinite"
  public static let summary = "Whether each element is a number and no infinity."
  public static let signature = numberTestSignature

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_is_finite_float32, .float64: staticgraph_is_finite_float64])
  }

  public static let samples = numberTestSamples(IsFinite())
}

/// Whether each element is a number and no infinity.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Truth values of the shape of `x`.
public func isFinite(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(IsFinite(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
