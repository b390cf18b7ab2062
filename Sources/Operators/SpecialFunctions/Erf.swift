import CKernels
import GraphIR
import Tensors

/// The error function of each element.
public struct Erf: UnaryOperator {
  public static let name = "Erf"
  public static let summary = "The error function of each element."

  public init() {}

  // ∂ erf x = 2/√π · exp(−x²) · ∂x
  public static let gradient = GradientRule.rule { g in
    [g.outputGradient * (1.1283791670955126 * exp(-square(g.x)))]
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_erf_float32, .float64: staticgraph_erf_float64,
  ]

  @_optimize(none)
  public static var samples: [Sample] {
    unarySamples(Erf()) + [specialNumbers(Erf(), [.nan, 0, -0.0, 30, -30])]
  }
}

/// The error function of each element.
///
/// 2/√π times the integral of exp(−t²) for t from 0 to the element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func erf(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Erf(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
