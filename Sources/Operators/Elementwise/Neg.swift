import CKernels
import GraphIR
import Tensors

/// −x, elementwise.
public struct Neg: UnaryOperator {
  public static let name = "Neg"
  public static let summary = "−x, elementwise."
  public static let signature = Signature.signedUnary

  public init() {}

  // ∂(−x) = −∂x
  public static let gradient = GradientRule.rule { g in [-g.outputGradient] }

  static let loops: UnaryLoops = [
    .float32: staticgraph_neg_float32, .float64: staticgraph_neg_float64,
    .int32: staticgraph_neg_int32, .int64: staticgraph_neg_int64,
  ]

  public static let samples = unarySamples(Neg())
}

/// −x, elementwise.
///
/// - Parameter x: Signed numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func neg(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Neg(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}

extension Value {
  /// −x, elementwise.
  public static prefix func - (x: Value) -> Value {
    x.graph.append(Neg(), [x], origin: .caller()).output
  }
}
