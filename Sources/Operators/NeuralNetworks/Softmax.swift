import CKernels
import GraphIR
import Tensors

/// exp x / Σ exp x along the last axis.
public struct Softmax: Operator {
  public static let name = "Softmax"
  public static let summary = "exp x / Σ exp x along the last axis."
  public static let signature = Signature(
    inputs: [.init("logits", "T")], outputs: [.init("softmax", "T")],
    types: ["T": .floatingPoint])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try lastAxisShape(request)
  }

  // With s = softmax x:  ∂s = s · (∂x − Σ s·∂x)
  public static let gradient = GradientRule.rule { g in
    [throughSoftmax(g.outputGradient, softmax: g.output)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try softmaxKernel(
      request, [.float32: staticgraph_softmax_float32, .float64: staticgraph_softmax_float64])
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 16 * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  public static let samples = softmaxSamples(Softmax())
}

/// exp x / Σ exp x along the last axis.
///
/// - Parameter logits: Floating-point numbers, of rank 1 at least.
/// - Returns: Numbers of the type and shape of `logits`; those along the last axis add up to 1.
public func softmax(
  _ logits: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  logits.graph.append(
    Softmax(), [logits], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}

/// What flows back through a softmax: s · (d − Σ s·d).
func throughSoftmax(_ gradient: Value, softmax: Value) -> Value {
  (gradient - sum(gradient * softmax, axes: [-1], keepDimensions: true)) * softmax
}
