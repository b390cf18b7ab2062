import CKernels
import GraphIR
import Tensors

/// True where the input is false, and false where it is true.
public struct LogicalNot: LogicalOperator {
  public static let name = "LogicalNot"
  public static let summary = "True where the input is false, and false where it is true."
  public static let signature = Signature(
    inputs: [.init("x", .fixed(.bool))], outputs: [.init("y", .fixed(.bool))])

  public init() {}

  public func outputShapes(_ request: ShapeRequest) -> [Shape] { sameShape(request) }

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try unaryKernel(request, [.bool: staticgraph_logical_not_truth])
  }

  @_optimize(none)
  public static var samples: [Sample] {
    [
      Sample("a vector", LogicalNot(), [Tensor([true, false, true])], differentiable: false),
      Sample("a scalar", LogicalNot(), [Tensor(false)], differentiable: false),
      Sample("nothing", LogicalNot(), [Tensor([Bool]())], differentiable: false),
      Sample(
        failing: "numbers", LogicalNot(), [.sample([2])],
        message: "x must be Bool, but it is Float64[2]"),
    ]
  }
}

/// True where the input is false, and false where it is true.
///
/// - Parameter x: Truth values.
/// - Returns: Truth values of the shape of `x`.
public func logicalNot(
  _ x: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  x.graph.append(LogicalNot(), [x], name: name, origin: Origin(fileID: fileID, line: line)).output
}

extension Value {
  /// True where the input is false, and false where it is true.
  public static prefix func .! (x: Value) -> Value {
    x.graph.append(LogicalNot(), [x], origin: .caller()).output
  }
}
