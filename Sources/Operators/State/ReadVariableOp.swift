import GraphIR
import Tensors

/// The value of a variable.
public struct ReadVariableOp: Operator {
  public static let name = "ReadVariableOp"
  public static let summary = "The value of a variable."
  public static let signature = Signature(
    inputs: [.init("resource", "dtype", variable: .handle)], outputs: [.init("value", "dtype")],
    types: ["dtype": .any])
  public static let traits: OperatorTraits = [.view, .usesVariables]
  public static let function: GraphFunction? = nil

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { sameShape(request) }

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  public static let samples = [
    Sample("a matrix", ReadVariableOp(), [.sample([2, 3])], differentiable: false),
    Sample("a scalar", ReadVariableOp(), [.sample([])], differentiable: false),
  ]
}
