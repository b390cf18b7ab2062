import CKernels
import GraphIR
import Tensors

/// 1 less the error function of each element.
public struct Erfc: UnaryOperator {
  public static let name = "Erfc"
  public static let summary = "1 less the error function of each element."

  public init() {}

  // ∂(1 − erf x) = −2/√π · exp(−x²) · ∂x
  public static let gradient = GradientRule.rule { g in
    [g.outputGradient * (-1.1283791670955126 * exp(-square(g.x)))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_erfc_float32, .float64: staticgraph_erfc_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Erfc()) + [specialNumbers(Erfc())]
  }
}

/// 1 less the error function of each element.
///
/// Keeps the digits that the difference loses for large elements.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between 0 and 2, of the type and shape of `x`.
public func erfc(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Erfc(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
