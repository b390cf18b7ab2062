import GraphIR
import Tensors

/// A number for each channel, under the name that older files give it; channels stand last.
public struct BiasAddV1: Operator {
  public static let name = "BiasAddV1"
  public static let summary =
    "A number for each channel, added to all its elements, under the name of older files."
  public static let signature = BiasAdd.signature
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try BiasAdd().outputShapes(request)
  }

  public static let gradient = GradientRule.rule { g in
    BiasAdd.gradients(g, format: .nhwc)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel { try BiasAdd().kernel(request) }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a matrix", BiasAddV1(), [.sample([2, 3]), .sample([3], seed: 2)]),
      Sample("images", BiasAddV1(), [.sample([2, 2, 3, 2]), .sample([2], seed: 2)]),
      Sample("nothing", BiasAddV1(), [.sample([0, 3]), .sample([3], seed: 2)]),
      Sample(
        failing: "another number of channels", BiasAddV1(), [.sample([2, 3]), .sample([2])],
        message: "value is Float64[2, 3] with 3 channels, but bias is Float64[2]"),
    ]
  }
}
