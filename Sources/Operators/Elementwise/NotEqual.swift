import CKernels
import GraphIR
import Tensors

/// Whether x ≠ y, elementwise with broadcasting.
public struct NotEqual: EqualityComparison {
  public static let name = "NotEqual"
  public static let summary = "Whether x ≠ y, elementwise with broadcasting."
  public static let signature = comparisonSignature(.any)
  public static let resultForIncompatibleShapes = true

  /// Whether shapes that do not broadcast are an error.
  public var rejectsIncompatibleShapes = true

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try equalityKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_not_equal_float32, .float64: staticgraph_not_equal_float64,
    .int32: staticgraph_not_equal_int32, .int64: staticgraph_not_equal_int64,
    .uint8: staticgraph_not_equal_uint8, .bool: staticgraph_not_equal_truth,
  ]

  public static let samples = equalitySamples(NotEqual.self)
}

/// Whether x ≠ y, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Numbers or truth values.
///   - y: Elements of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Truth values of the broadcast shape; true where one of the two is NaN.
public func notEqual(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  NotEqual().applied(x, y, name: name, origin: Origin(fileID: fileID, line: line))
}

extension Value {
  /// Whether x ≠ y, elementwise with broadcasting.
  public static func .!= (x: Value, y: Value) -> Value {
    NotEqual().applied(x, y, origin: .caller())
  }

  /// Whether x ≠ y, where the number takes the type of the value.
  public static func .!= (x: Double, y: Value) -> Value {
    NotEqual().applied(x, y, origin: .caller())
  }

  /// Whether x ≠ y, where the number takes the type of the value.
  public static func .!= (x: Value, y: Double) -> Value {
    NotEqual().applied(x, y, origin: .caller())
  }
}
