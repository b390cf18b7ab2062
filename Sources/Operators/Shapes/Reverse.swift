import GraphIR
import Tensors

/// A tensor whose elements stand in reverse along the axes that a mask names, as in old graphs.
public struct Reverse: MovingOperator {
  public static let name = "Reverse"
  public static let summary =
    "A tensor whose elements stand in reverse along the axes that a mask names."
  public static let signature = Signature(
    inputs: [.init("tensor", "T"), .init("dims", .fixed(.bool))],
    outputs: [.init("output", "T")], types: ["T": .any])
  public static let shapeInputs = [1]
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    _ = try request.integersForAxes(1, named: "dims", of: 0, named: "tensor")
    return [request.shape(0)]
  }

  public static let gradient = GradientRule.rule { g in
    let back = g.graph.append(Reverse(), [g.outputGradient, g.y], origin: .unknown)
    return [back.output, nil]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    let mask = request.integers(1)
    return try reversingKernel(request, axes: mask.indices.filter { mask[$0] != 0 })
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("columns", Reverse(), [.sample([2, 3]), Tensor([false, true])]),
      Sample("all axes", Reverse(), [.sample([2, 3]), Tensor([true, true])]),
      Sample(
        failing: "too few axes", Reverse(), [.sample([2, 3]), Tensor([true])],
        message: "dims has length 1, but tensor is Float64[2, 3], which has rank 2"),
    ]
  }
}
