import GraphIR
import Tensors

/// x + y under the name that older files give it; new graphs have `AddV2`.
public struct Add: Operator {
  public static let name = "Add"
  public static let summary = "x + y under the name that older files give it."
  public static let signature = Signature(
    inputs: [.init("x", "T"), .init("y", "T")], outputs: [.init("z", "T")],
    types: [
      "T": [.bfloat16, .float16, .float32, .float64, .uint8, .int8, .int16, .int32, .int64]
    ])
  public static let traits: OperatorTraits = .elementwise
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  public static let gradient = AddV2.gradient

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, AddV2.loops)
  }

  public static let samples = broadcastSamples(Add())
}
