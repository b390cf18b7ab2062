import CKernels
import GraphIR
import Tensors

/// Whether both are true, elementwise with broadcasting.
public struct LogicalAnd: LogicalOperator {
  public static let name = "LogicalAnd"
  public static let summary = "Whether both are true, elementwise with broadcasting."
  public static let signature = binarySignature

  public init() {}

  public func outputShapes(_ request: ShapeRequest) throws -> [Shape] {
    try broadcastShape(request)
  }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, [.bool: staticgraph_logical_and_truth])
  }

  public static let samples = logicalSamples(LogicalAnd())
}

/// Whether both are true, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Truth values.
///   - y: Truth values of a shape that broadcasts with that of `x`.
/// - Returns: Truth values of the broadcast shape.
public func logicalAnd(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(LogicalAnd(), [x, y], name: name, origin: Origin(fileID: fileID, line: line))
    .output
}

extension Value {
  /// Whether both are true, elementwise with broadcasting.
  public static func .& (x: Value, y: Value) -> Value {
    x.graph.append(LogicalAnd(), [x, y], origin: .caller()).output
  }
}
