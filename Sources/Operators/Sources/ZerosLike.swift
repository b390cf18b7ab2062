import GraphIR
import Tensors

/// Zeros of the type and shape of a tensor.
public struct ZerosLike: Operator {
  public static let name = "ZerosLike"
  public static let summary = "Zeros of the type and shape of a tensor."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .any])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  public static let gradient = GradientRule.none(
    because: "zeros do not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try constantKernel(request, 0)
  }

  public func cost(_ request: KernelRequest) -> Cost { constantCost(request) }

  public static let samples = constantSamples(ZerosLike())
}

/// Zeros of the type and shape of a tensor.
///
/// - Parameter x: Numbers or truth values; only its shape matters.
public func zerosLike(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(ZerosLike(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
