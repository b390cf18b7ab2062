import CKernels
import GraphIR
import Tensors

/// Whether each element is an infinity of either sign.
public struct IsInf: NumberTest {
  public static let name = "IsInf"
  public static let summary = "Whether each element is an infinity of either sign."
  public static let signature = numberTestSignature
  public static let function: GraphFunction? = .derived(from: IsInf.self, named: "isInfinite")

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request,
      [.float32: staticgraph_is_infinite_float32, .float64: staticgraph_is_infinite_float64])
  }

  public static let samples = numberTestSamples(IsInf())
}

/// Whether each element is an infinity of either sign.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Truth values of the shape of `x`.
public func isInfinite(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(IsInf(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
