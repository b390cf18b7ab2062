import GraphIR
import Tensors

/// A tensor with a given element around it.
public struct PadV2: MovingOperator {
  public static let name = "PadV2"
  public static let summary = "A tensor with a given element around it."
  public static let signature = Signature(
    inputs: [
      .init("input", "T"), .init("paddings", "Tpaddings"), .init("constant_values", "T"),
    ],
    outputs: [.init("output", "T")], types: ["T": .any, "Tpaddings": .index])
  public static let shapeInputs = [1]
  // `pad(…, value:)` of a .graph file stands with `Pad`.
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try request.require(rank: 0, of: 2, named: "constant_values")
    return [try request.paddedShape(request.widened)]
  }

  // The element gathers what flows back into the border.
  public static let gradient = GradientRule.rule { g in
    let inside = unpadded(g)
    return [inside, nil, g.isNeeded[2] ? total(g.outputGradient) - total(inside) : nil]
  }

  private static func total(_ x: Value) -> Value { sum(reshape(x, to: [-1]), axes: [0]) }

  public func viewsInput(_ request: KernelRequest) -> Bool {
    request.inputCount(0) == request.outputCount()
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try paddingKernel(request, element: 2)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", PadV2(), [.sample([3]), Pad.paddings([1, 2]), Tensor(1.5)]),
      Sample("a matrix", PadV2(), [.sample([2, 3]), Pad.paddings([1, 0, 2, 1]), Tensor(-1.0)]),
      Sample("no paddings", PadV2(), [.sample([2]), Pad.paddings([0, 0]), Tensor(2.0)]),
      Sample(
        "around nothing", PadV2(), [.sample([0, 2]), Pad.paddings([1, 1, 0, 1]), Tensor(2.0)]),
      Sample(
        failing: "a vector of elements", PadV2(),
        [.sample([2]), Pad.paddings([1, 0]), .sample([2])],
        message: "constant_values must have rank 0, but it is Float64[2]"),
      Sample(
        failing: "a negative padding", PadV2(),
        [.sample([2]), Pad.paddings([-1, 0]), Tensor(1.0)],
        message: "paddings holds sizes, which are at least 0, but one is -1"),
    ]
  }
}
