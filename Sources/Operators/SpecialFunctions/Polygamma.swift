import CKernels
import GraphIR
import Tensors

/// The derivative of order a of the digamma function at x, elementwise with broadcasting.
public struct Polygamma: Operator {
  public static let name = "Polygamma"
  public static let summary =
    "The derivative of order a of the digamma function at x, elementwise with broadcasting."
  public static let signature = Signature(
    inputs: [.init("a", "T"), .init("x", "T")], outputs: [.init("z", "T")],
    types: ["T": [.float32, .float64]])
  public static let traits: OperatorTraits = .elementwise

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request, ("a", "x"))
  }

  // The next derivative; orders are whole numbers, which do not change smoothly.
  public static let gradient = GradientRule.rule { g in
    guard g.isNeeded[1] else { return [nil, nil] }
    let slope = g.outputGradient * polygamma(g.x + 1, g.y)
    return [nil, g.reduced(slope, toShapeOf: 1, broadcastWith: 0)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(
      request, [.float32: staticgraph_polygamma_float32, .float64: staticgraph_polygamma_float64])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample(
        "orders against numbers", Polygamma(),
        [try! Tensor([0.0, 1, 2, 5], dimensions: [4, 1]), .sample([3], in: 0.5...9)],
        differentiable: false),
      Sample(
        "one order", Polygamma(), [Tensor(1.0), .sample([2, 3], in: 0.5...9)], differentiable: false
      ),
      Sample("scalars", Polygamma(), [Tensor(2.0), Tensor(0.75)], differentiable: false),
      Sample("nothing", Polygamma(), [Tensor(1.0), .sample([2, 0])], differentiable: false),
      Sample(
        "negative numbers", Polygamma(), [Tensor([1.0, 2, 3]), Tensor([-0.5, -3.25, -5.75])],
        differentiable: false),
      Sample(
        "special numbers", Polygamma(),
        [
          Tensor([Double.nan, 1, -1, 0.5, 1, 2, 1, 1, 3]),
          Tensor([1, Double.nan, 1, 1, 0, 0, .infinity, -2, 1e10]),
        ], everyType: false, differentiable: false),
      Sample(
        failing: "shapes that do not broadcast", Polygamma(), [.sample([2]), .sample([3])],
        message: "the shapes do not broadcast: a is Float64[2], x is Float64[3]"),
    ]
  }
}

/// The derivative of order `a` of the digamma function at `x`, elementwise with broadcasting.
///
/// - Parameters:
///   - a: Orders, whole numbers from 0 on in a floating-point type; NaN comes of others. No
///     gradient leads to them.
///   - x: Numbers of the same type, of a shape that broadcasts with that of `a`.
/// - Returns: Numbers of the broadcast shape.
public func polygamma(
  _ a: Value, _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  a.graph.append(
    Polygamma(), [a, x], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
