import CKernels
import GraphIR
import Tensors

/// A scaled exponential linear unit of each element.
public struct Selu: UnaryOperator {
  public static let name = "Selu"
  public static let summary = "A scaled exponential linear unit of each element."
  public static let signature = Signature.activation

  public init() {}

  // With y = selu x = s·x, or s·α·(exp x − 1):  ∂y = s · ∂x, or (y + s·α) · ∂x
  public static let gradient = GradientRule.rule { g in
    [SeluGrad().applied(to: g.outputGradient, g.output)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_selu_float32, .float64: staticgraph_selu_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Selu()) + [specialNumbers(Selu())]
  }
}

/// A scaled exponential linear unit of each element.
///
/// 1.0507 · x where x is positive, 1.7581 · (exp x − 1) elsewhere: layers of normally distributed
/// numbers keep their mean 0 and variance 1.
///
/// - Parameter features: Floating-point numbers.
/// - Returns: Numbers of the type and shape of `features`.
public func selu(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(Selu(), [features], name: name, origin: Origin(fileID: fileID, line: line))
    .output
}
