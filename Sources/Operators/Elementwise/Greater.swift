import CKernels
import GraphIR
import Tensors

/// Whether x > y, elementwise with broadcasting.
public struct Greater: Comparison {
  public static let name = "Greater"
  public static let summary = "Whether x > y, elementwise with broadcasting."
  public static let signature = comparisonSignature(.numeric)

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try binaryKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_greater_float32, .float64: staticgraph_greater_float64,
    .int32: staticgraph_greater_int32, .int64: staticgraph_greater_int64,
    .uint8: staticgraph_greater_uint8,
  ]

  public static let samples = comparisonSamples(Greater())
}

/// Whether x > y, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Any numbers.
///   - y: Numbers of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Truth values of the broadcast shape; false where one of the two is NaN.
public func greater(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Greater().applied(x, y, name: name, origin: Origin(fileID: fileID, line: line))
}

extension Value {
  /// Whether x > y, elementwise with broadcasting.
  public static func .> (x: Value, y: Value) -> Value {
    Greater().applied(x, y, origin: .caller())
  }

  /// Whether x > y, where the number takes the type of the value.
  public static func .> (x: Double, y: Value) -> Value {
    Greater().applied(x, y, origin: .caller())
  }

  /// Whether x > y, where the number takes the type of the value.
  public static func .> (x: Value, y: Double) -> Value {
    Greater().applied(x, y, origin: .caller())
  }
}

// A value is computed when the graph runs, so that no `if` can ask for it.
extension Value {
  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> instead")
  public static func > (x: Value, y: Value) -> Value { x }

  /// Values are compared elementwise, with the dotted operator.
  @available(*, unavailable, message: "compare elementwise with .> instead")
  public static func > (x: Value, y: Double) -> Value { x }
}
