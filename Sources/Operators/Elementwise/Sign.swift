import CKernels
import GraphIR
import Tensors

/// 1 for each positive element, −1 for each negative one, 0 for 0.
public struct Sign: SignedNumberOperator {
  public static let name = "Sign"
  public static let summary = "1 for each positive element, −1 for each negative one, 0 for 0."
  public static let signature = signedNumberSignature

  public init() {}

  // The sign does not change but at 0, where it has no derivative.
  public static let gradient = GradientRule.rule { g in [zeros(like: g.outputGradient)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(request, Self.loops)
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_sign_float32, .float64: staticgraph_sign_float64,
    .int32: staticgraph_sign_int32, .int64: staticgraph_sign_int64,
  ]

  public static let samples = signedNumberSamples(Sign())
}

/// 1 for each positive element, −1 for each negative one, 0 for 0.
///
/// NaN stays NaN. The derivative is 0 everywhere.
///
/// - Parameter x: Signed numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func sign(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sign(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
