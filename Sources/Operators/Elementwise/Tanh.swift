import CKernels
import GraphIR
import Tensors

/// The hyperbolic tangent of each element.
public struct Tanh: Operator {
  public static let name = "Tanh"
  public static let summary = "The hyperbolic tangent of each element."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .floatingPoint])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂ tanh x = (1 − tanh² x) · ∂x
  public static let gradient = GradientRule.rule { g in
    [tanhGrad(g.output, g.outputGradient)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_tanh_float32, .float64: staticgraph_tanh_float64])
  }

  public static let samples = unarySamples(Tanh(), in: -4...4)
}

/// The hyperbolic tangent of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers between −1 and 1, of the type and shape of `x`.
public func tanh(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Tanh(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
