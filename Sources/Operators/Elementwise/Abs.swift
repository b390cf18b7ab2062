import CKernels
import GraphIR
import Tensors

/// The magnitude of each element, |x|.
public struct Abs: SignedNumberOperator {
  public static let name = "Abs"
  public static let summary = "The magnitude of each element, |x|."
  public static let signature = signedNumberSignature

  public init() {}

  // ∂|x| = sign x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * sign(g.x)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(request, Self.loops)
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_abs_float32, .float64: staticgraph_abs_float64,
    .int32: staticgraph_abs_int32, .int64: staticgraph_abs_int64,
  ]

  public static let samples = signedNumberSamples(Abs())
}

/// The magnitude of each element, |x|.
///
/// The derivative at 0 is 0. The smallest integer of its type stays as it is.
///
/// - Parameter x: Signed numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func abs(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Abs(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
