import GraphIR
import Tensors

/// Whether a variable has a value.
public struct VarIsInitializedOp: Operator {
  public static let name = "VarIsInitializedOp"
  public static let summary = "Whether a variable has a value."
  public static let signature = Signature(
    inputs: [.init("resource", .untold, variable: .handle)],
    outputs: [.init("is_initialized", .fixed(.bool))])
  public static let traits: OperatorTraits = [.usesVariables, .readsNoElements, .hasEffect]
  public static let function: GraphFunction? = nil
  public static let gradient = GradientRule.none(because: "its result is a truth value")

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] { [.scalar] }

  public func kernel(_ request: KernelRequest) throws -> Kernel { hasValueKernel }

  public static let samples = [
    Sample("a matrix", VarIsInitializedOp(), [.sample([2, 3])], everyType: false)
  ]
}
