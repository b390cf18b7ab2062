import GraphIR
import Tensors

/// Its input, under another name.
public struct Identity: Operator {
  public static let name = "Identity"
  public static let summary = "Its input, under another name."
  public static let signature = Signature(
    inputs: [.init("input", "T")], outputs: [.init("output", "T")], types: ["T": .any])
  public static let traits: OperatorTraits = .view

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  public static let gradient = GradientRule.rule { g in [g.outputGradient] }

  public func kernel(_ request: KernelRequest) throws -> Kernel { copyKernel(request) }

  public static let samples: [Sample] = [
    Sample("a matrix", Identity(), [.sample([2, 3])]),
    Sample("nothing", Identity(), [.sample([0, 3])]),
    Sample("texts", Identity(), [Tensor(["a", "bc"])], everyType: false, differentiable: false),
  ]
}

/// Its input, under another name.
///
/// - Parameter input: Any tensor.
public func identity(
  _ input: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  input.graph.append(
    Identity(), [input], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
