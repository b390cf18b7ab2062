import CKernels
import GraphIR
import Tensors

/// The sine of each element, in radians.
public struct Sin: Operator {
  public static let name = "Sin"
  public static let summary = "The sine of each element, in radians."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .floatingPoint])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂ sin x = cos x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * cos(g.x)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_sin_float32, .float64: staticgraph_sin_float64])
  }

  public static let samples = unarySamples(Sin(), in: -10...10)
}

/// The sine of each element, in radians.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func sin(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Sin(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
