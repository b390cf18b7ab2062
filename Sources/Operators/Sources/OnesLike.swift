import GraphIR
import Tensors

/// Ones of the type and shape of a tensor.
public struct OnesLike: Operator {
  public static let name = "OnesLike"
  public static let summary = "Ones of the type and shape of a tensor."
  public static let signature = Signature(
    inputs: [.init("x", "T")], outputs: [.init("y", "T")], types: ["T": .convertible])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  public static let gradient = GradientRule.none(
    because: "ones do not change with the elements")

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try constantKernel(request, 1)
  }

  public func cost(_ request: KernelRequest) -> Cost { constantCost(request) }

  public static let samples = constantSamples(OnesLike())
}

/// Ones of the type and shape of a tensor.
///
/// - Parameter x: Numbers or truth values; only its shape matters.
public func onesLike(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(OnesLike(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}
