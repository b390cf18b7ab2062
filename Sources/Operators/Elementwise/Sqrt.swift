import CKernels
import GraphIR
import Tensors

/// The square root of each element.
public struct Sqrt: UnaryOperator {
  public static let name = "Sqrt"
  public static let summary = "The square root of each element."

  public init() {}

  // With y = √x:  ∂y = ∂x / (2·y)
  public static let gradient = GradientRule.rule { g in
    [SqrtGrad().applied(to: g.output, g.outputGradient)]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_sqrt_float32, .float64: staticgraph_sqrt_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Sqrt(), in: 0.5...4) + [specialNumbers(Sqrt())]
  }
}

/// The square root of each element.
///
/// The root of a negative number is NaN.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least 0, of the type and shape of `x`.
public func sqrt(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sqrt(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
