import CKernels
import GraphIR
import Tensors

/// Each element where it is positive, exp x − 1 elsewhere.
public struct Elu: UnaryOperator {
  public static let name = "Elu"
  public static let summary = "Each element where it is positive, exp x − 1 elsewhere."
  public static let signature = Signature.activation

  public init() {}

  // With y = elu x:  ∂y = ∂x where x > 0, (y + 1) · ∂x elsewhere
  public static let gradient = GradientRule.rule { g in
    [EluGrad().applied(to: g.outputGradient, g.output)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_elu_float32, .float64: staticgraph_elu_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Elu()) + [specialNumbers(Elu())]
  }
}

/// Each element where it is positive, exp x − 1 elsewhere.
///
/// - Parameter features: Floating-point numbers.
/// - Returns: Numbers that are at least −1, of the type and shape of `features`.
public func elu(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(Elu(), [features], name: name, origin: Origin(fileID: fileID, line: line))
    .output
}
