import GraphIR
import Tensors

/// Tensors one behind the other along an axis, in the form of old graphs.
public struct Concat: MovingOperator {
  public static let name = "Concat"
  public static let summary = "Tensors one behind the other along an axis; ConcatV2 of old graphs."
  public static let signature = Signature(
    inputs: [.init("concat_dim", .fixed(.int32)), .init("values", "T", count: "N")],
    outputs: [.init("output", "T")], types: ["T": .any])
  public static let shapeInputs = [0]
  public static let function: GraphFunction? = nil

  public init() {}

  private static func parts(_ inputCount: Int) -> Concatenation {
    Concatenation(values: 1..<inputCount, axis: 0)
  }

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    [try Self.parts(request.inputs.count).outputShape(request)]
  }

  public static let gradient = GradientRule.rule { g in parts(g.inputs.count).gradients(g) }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try Self.parts(request.inputs.count).kernel(request)
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("rows", Concat(), [Tensor(Int32(0)), .sample([2, 3]), .sample([1, 3], seed: 2)]),
      Sample(
        "columns", Concat(), [Tensor(Int32(-1)), .sample([2, 3]), .sample([2, 1], seed: 2)]),
      Sample(
        failing: "sizes that differ", Concat(),
        [Tensor(Int32(1)), .sample([2, 3]), .sample([4, 4])],
        message:
          "values[0] is Float64[2, 3], but values[1] is Float64[4, 4]; all sizes but those of"
          + " axis 1 must be equal"),
    ]
  }
}
