import CKernels
import GraphIR
import Tensors

/// The logarithm of the softmax, x − ln Σ exp x, along the last axis.
public struct LogSoftmax: Operator {
  public static let name = "LogSoftmax"
  public static let summary = "The logarithm of the softmax, x − ln Σ exp x, along the last axis."
  public static let signature = Signature(
    inputs: [.init("logits", "T")], outputs: [.init("logsoftmax", "T")],
    types: ["T": .floatingPoint])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try lastAxisShape(request)
  }

  // With l = x − ln Σ exp x:  ∂l = ∂x − Σ exp l · ∂x, whose transpose takes the sum of what flows
  // back.
  public static let gradient = GradientRule.rule { g in
    let d = g.outputGradient
    return [d - sum(d, axes: [-1], keepDimensions: true) * exp(g.output)]
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try softmaxKernel(
      request,
      [.float32: staticgraph_log_softmax_float32, .float64: staticgraph_log_softmax_float64])
  }

  public func cost(_ request: KernelRequest) -> Cost {
    Cost(operations: 16 * Double(request.outputCount()), bytesMoved: Cost.moving(request))
  }

  public static let samples = softmaxSamples(LogSoftmax())
}

/// The logarithm of the softmax, x − ln Σ exp x, along the last axis.
///
/// - Parameter logits: Floating-point numbers, of rank 1 at least.
/// - Returns: Numbers of the type and shape of `logits`, none above 0.
public func logSoftmax(
  _ logits: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  logits.graph.append(
    LogSoftmax(), [logits], name: name, origin: Origin(fileID: fileID, line: line)
  ).output
}
