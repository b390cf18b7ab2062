import CKernels
import GraphIR
import Tensors

/// Whether each element is NaN, no number.
public struct IsNan: NumberTest {
  public static let name = "IsNan"
  public static let summary = "Whether each element is NaN, no number."
  public static let signature = numberTestSignature
  public static let function: GraphFunction? = .derived(from: IsNan.self, named: "isNaN")

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_is_nan_float32, .float64: staticgraph_is_nan_float64])
  }

  public static let samples = numberTestSamples(IsNan())
}

/// Whether each element is NaN, no number.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Truth values of the shape of `x`.
public func isNaN(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(IsNan(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
