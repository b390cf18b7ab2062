import CKernels
import GraphIR
import Tensors

/// 1 / x for each element x.
public struct Reciprocal: UnaryOperator {
  public static let name = "Reciprocal"
  public static let summary = "1 / x for each element x."
  public static let signature = Signature.signedUnary

  public init() {}

  // With y = 1 / x:  ∂y = −y² · ∂x
  public static let gradient = GradientRule.rule { g in
    [ReciprocalGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_reciprocal_float32, .float64: staticgraph_reciprocal_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    floatingPointSamples(Reciprocal(), in: 0.5...4) + [specialNumbers(Reciprocal())]
  }
}

/// 1 / x for each element x.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func reciprocal(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Reciprocal(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
