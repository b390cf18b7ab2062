import CKernels
import GraphIR
import Tensors

/// e to the power of each element.
public struct Exp: Operator {
  public static let name = "Exp"
  public static let summary = "e to the power of each element."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .floatingPoint])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂ exp x = exp x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * g.output] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(
      request, [.float32: staticgraph_exp_float32, .float64: staticgraph_exp_float64])
  }

  public static let samples = unarySamples(Exp(), in: -4...4)
}

/// e to the power of each element.
///
/// - Parameter x: Floating-point numbers.
/// - Returns: Numbers that are at least 0, of the type and shape of `x`.
public func exp(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Exp(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
