import CKernels
import GraphIR
import Tensors

/// Each element where it is positive, 0 elsewhere.
public struct Relu: UnaryOperator {
  public static let name = "Relu"
  public static let summary = "Each element where it is positive, 0 elsewhere."
  public static let signature = Signature.activation(.numeric)

  public init() {}

  // ∂ relu x = ∂x where x > 0. The result is positive just there, so that x itself may go.
  public static let gradient = GradientRule.rule { g in
    [ReluGrad().applied(to: g.outputGradient, g.output)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_relu_float32, .float64: staticgraph_relu_float64,
    .int32: staticgraph_relu_int32, .int64: staticgraph_relu_int64,
    .uint8: staticgraph_relu_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Relu()) + [
      specialNumbers(Relu())
    ]
  }
}

/// Each element where it is positive, 0 elsewhere.
///
/// The derivative at 0 is 0. NaN stays NaN.
///
/// - Parameter features: Any numbers.
/// - Returns: Numbers of the type and shape of `features`.
public func relu(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(
    Relu(), [features], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
