import GraphIR
import Tensors

/// A copy of its input in memory of its own.
public struct DeepCopy: Operator {
  public static let name = "DeepCopy"
  public static let summary = "A copy of its input in memory of its own."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .any])
  public static let traits: OperatorTraits = .hasEffect
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }

  public static let gradient = GradientRule.none(because: "TensorFlow has no derivative of it")

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  public static let samples = [Sample("a matrix", DeepCopy(), [.sample([2, 3])])]
}
