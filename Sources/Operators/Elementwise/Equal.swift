import CKernels
import GraphIR
import Tensors

/// Whether x = y, elementwise with broadcasting.
public struct Equal: EqualityComparison {
  public static let name = "Equal"
  public static let summary = "Whether x = y, elementwise with broadcasting."
  public static let signature = comparisonSignature(.any)
  public static let resultForIncompatibleShapes = false

  /// Whether shapes that do not broadcast are an error.
  public var rejectsIncompatibleShapes = true

  public init() {}

  public func kernel(_ request: KernelRequest) throws -> Kernel {
    try equalityKernel(request, Self.loops)
  }

  static let loops: BinaryLoops = [
    .float32: staticgraph_equal_float32, .float64: staticgraph_equal_float64,
    .int32: staticgraph_equal_int32, .int64: staticgraph_equal_int64,
    .uint8: staticgraph_equal_uint8, .bool: staticgraph_equal_truth,
  ]

  public static let samples = equalitySamples(Equal.self)
}

/// Whether x = y, elementwise with broadcasting.
///
/// - Parameters:
///   - x: Numbers or truth values.
///   - y: Elements of the same type, of a shape that broadcasts with that of `x`.
/// - Returns: Truth values of the broadcast shape; false where one of the two is NaN.
public func equal(
  _ x: Value, _ y: Value, name: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Value {
  Equal().applied(x, y, name: name, origin: Origin(fileID: fileID, line: line))
}

extension Value {
  /// Whether x = y, elementwise with broadcasting.
  public static func .== (x: Value, y: Value) -> Value {
    Equal().applied(x, y, origin: .caller())
  }

  /// Whether x = y, where the number takes the type of the value.
  public static func .== (x: Double, y: Value) -> Value {
    Equal().applied(x, y, origin: .caller())
  }

  /// Whether x = y, where the number takes the type of the value.
  public static func .== (x: Value, y: Double) -> Value {
    Equal().applied(x, y, origin: .caller())
  }
}
