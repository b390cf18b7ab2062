import CKernels
import GraphIR
import Tensors

/// The sum of (q + k)⁻ˣ over all whole numbers k from 0 on, elementwise with broadcasting.
public struct Zeta: Operator {
  public static let name = "Zeta"
  public static let summary =
    "The sum of (q + k)⁻ˣ over all whole numbers k from 0 on, elementwise with broadcasting."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("q", "T")], outputs: [.init("z", "T")],
    types: ["T": [.float32, .float64]])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request, ("x", "q"))
  }

  // ∂ζ(x, q) = −x · ζ(x + 1, q) · ∂q; as in TensorFlow, none leads to x.
  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[1] else { return [nil, nil] }
    let slope = -(g.outputGradient * (g.x * zeta(g.x + 1, g.y)))
    return [nil, g.reduced(slope, toShapeOf: 1, broadcastWith: 0)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(
      request, [.float32: staticgraph_zeta_float32, .float64: staticgraph_zeta_float64])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "a column against a row", Zeta(),
        [.sample([4, 1], in: 1.5...6), .sample([3], in: 0.5...12, seed: 2)], differentiable: false),
      Sample(
        "one exponent", Zeta(), [Tensor(2.0), .sample([2, 3], in: 0.5...12)], differentiable: false),
      Sample("scalars", Zeta(), [Tensor(3.0), Tensor(0.75)], differentiable: false),
      Sample("nothing", Zeta(), [Tensor(2.0), .sample([2, 0])], differentiable: false),
      Sample(
        "negative numbers", Zeta(), [Tensor([2.0, 3, 4]), Tensor([-0.5, -3.25, -5.75])],
        differentiable: false),
      Sample(
        "special numbers", Zeta(),
        [
          Tensor([Double.nan, 2, 1, 0.5, 2, 3, 2, 2.5, 50]),
          Tensor([1, Double.nan, 1, 1, 0, 0, .infinity, -0.5, 1]),
        ], everyType: false, differentiable: false),
      Sample(
        failing: "shapes that do not broadcast", Zeta(), [.sample([2]), .sample([3])],
        message: "the shapes do not broadcast: x is Float64[2], q is Float64[3]"),
    ]
  }
}

/// The zeta function of Hurwitz: the sum of (q + k)⁻ˣ over all whole numbers k from 0 on.
///
/// - Parameters:
///   - x: Floating-point numbers above 1. No gradient leads to them.
///   - q: Numbers of the same type, of a shape that broadcasts with that of `x`; where one is
///     negative, `x` must be a whole number.
/// - Returns: Numbers of the broadcast shape; NaN where the sum has no value.
public func zeta(
  _ x: Value, _ q: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(Zeta(), [x, q], name: name, origin: Origin(fileID: fileID, line: line)).output
}
