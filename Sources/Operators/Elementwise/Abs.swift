import CKernels
import GraphIR
import Tensors

/// The magnitude of each element, |x|.
public struct Abs: Operator {
  public static let name = "Abs"
  public static let summary = "The magnitude of each element, |x|."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")],
    types: ["T": [.bfloat16, .float16, .float32, .float64, .int8, .int16, .int32, .int64]])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  // ∂|x| = sign x · ∂x
  public static let gradient = GradientRule.rule { g in [g.outputGradient * sign(g.x)] }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(request, Self.loops)
  }

  static let loops: UnaryLoops = [
    .float32: staticgraph_abs_float32, .float64: staticgraph_abs_float64,
    .int32: staticgraph_abs_int32, .int64: staticgraph_abs_int64,
  ]

  public static let samples: [Sample] =
    unarySamples(Abs()) + [
      Sample(
        "special numbers", Abs(), [Tensor([Double.nan, -.infinity, .infinity, 0, -0.0])],
        everyType: false, differentiable: false),
      Sample(
        "the smallest integer", Abs(), [Tensor([Int32.min, .max, 0])], everyType: false,
        differentiable: false),
    ]
}

/// The magnitude of each element, |x|.
///
/// The derivative at 0 is 0. The smallest integer of its type stays as it is.
///
/// - Parameter x: Signed numbers.
/// - Returns: Numbers of the type and shape of `x`.
public func abs(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Abs(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
