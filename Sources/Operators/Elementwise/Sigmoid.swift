import CKernels
import GraphIR
import Tensors

/// 1 / (1 + exp(−x)) for each element x.
public struct Sigmoid: UnaryOperator {
  public static let name = "Sigmoid"
  public static let summary = "1 / (1 + exp(−x)) for each element x."

  public init() {}

  // With y = sigmoid x:  ∂y = y · (1 − y) · ∂x
  public static let gradient = GradientRule.rule { g in
    [SigmoidGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_sigmoid_float32, .float64: staticgraph_sigmoid_float64,
  ]

  public static let samples = unarySamples(Sigmoid(), in: -8...8)
}

/// 1 / (1 + exp(−x)) for each element x.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between 0 and 1, of the type and shape of `x`.
public func sigmoid(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sigmoid(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
