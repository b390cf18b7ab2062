import CKernels
import GraphIR
import Tensors

/// Each element, bounded to lie between 0 and 6.
public struct Relu6: UnaryOperator {
  public static let name = "Relu6"
  public static let summary = "Each element, bounded to lie between 0 and 6."
  public static let signature = Signature.activation(.numeric)

  public init() {}

  // What flows back goes to the elements whose result lies between the bounds.
  public static let gradient = GradientRule.rule { g in
    [Relu6Grad().applied(to: g.outputGradient, g.output)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_relu6_float32, .float64: staticgraph_relu6_float64,
    .int32: staticgraph_relu6_int32, .int64: staticgraph_relu6_int64,
    .uint8: staticgraph_relu6_uint8,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Relu6(), in: -4...10) + [
      specialNumbers(Relu6(), [.nan, -.infinity, .infinity, 0, -0.0, 6])
    ]
  }
}

/// Each element, bounded to lie between 0 and 6.
///
/// The derivative is 0 at the bounds. NaN stays NaN.
///
/// - Parameter features: Any numbers.
/// - Returns: Numbers between 0 and 6, of the type and shape of `features`.
public func relu6(
  _ features: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  features.graph.append(Relu6(), [features], name: name, origin: Origin(fileID: fileID, line: line))
    .output
}
